package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.BatchLimit;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Standardization;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Encodes segments batch by batch.
 *
 * @param encoders maps a batch and the presence mask [B, M] to the states [B, E] of each modality
 */
record SegmentEncoder(
    ModelConfig config,
    Standardization standardization,
    Sequences.Layout layout,
    BiFunction<Batch, Presence, PerModality<float[]>> encoders) {
  /** The most values of a batch in one array: one gigabyte. */
  private static final long MOST_VALUES = 1 << 28;

  /**
   * Encodes those of the given modalities that the segments have, in the segments' order.
   *
   * @throws ConfigException if the widths of the segments' features differ from the model's, the
   *     model reads none of the available modalities, two segments have the same id, or a feature
   *     is NaN or infinite
   */
  Encodings encode(SegmentSet segments, ModalitySet available) {
    checkWidths(segments);
    checkAvailable(segments, available);
    Batcher batcher =
        Batcher.builder(segments)
            .labels(config.labels())
            .includeUnlabeled()
            .batchSize(config.paddedBatch() > 0 ? config.paddedBatch() : batchSize(segments))
            .readPadding(config.paddedBatch() > 0)
            .layout(layout)
            .modalities(ModalitySet.of(config.inputs().modalities()))
            .standardization(standardization)
            .build();
    List<SegmentInfo> infos = IntStream.range(0, segments.size()).mapToObj(segments::info).toList();
    Map<SegmentId, Integer> rows = new HashMap<>();
    for (SegmentInfo info : infos) {
      if (rows.putIfAbsent(info.id(), rows.size()) != null) {
        throw new ConfigException(
            "two segments have the id " + info.id() + "; segment ids must be unique");
      }
    }
    int width = config.encoders().stateWidth();
    if ((long) infos.size() * width > BatchLimit.VALUES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "the states of %d segments, %d values each, exceed the %d values of an array;"
                  + " predict them in several sets",
              infos.size(),
              width,
              BatchLimit.VALUES));
    }
    ModalitySet[] encoded = new ModalitySet[infos.size()];
    PerModality<float[]> states = config.inputs().map(each -> new float[infos.size() * width]);
    for (Batch batch : config.paddedBatch() > 0 ? batcher.asGiven() : batcher.inOrder()) {
      Presence presence = batch.presence().and(available);
      FiniteCheck.features(batch, presence);
      PerModality<float[]> own = encoders.apply(batch, presence);
      FiniteCheck.states(batch, own);
      for (int b = 0; b < batch.size(); b++) {
        int row = Objects.requireNonNull(rows.get(batch.segments().get(b).id()));
        encoded[row] = presence.row(b);
        for (Modality modality : states.modalities()) {
          System.arraycopy(own.get(modality), b * width, states.get(modality), row * width, width);
        }
      }
    }
    return new Encodings(config, infos, Presence.of(List.of(encoded)), states);
  }

  private int batchSize(SegmentSet segments) {
    long longest = 1;
    for (int s = 0; s < segments.size(); s++) {
      SegmentInfo info = segments.info(s);
      for (Modality modality : config.inputs().modalities()) {
        int width = Math.max(config.inputs().get(modality), 4 * config.hidden());
        longest = Math.max(longest, (long) info.steps(modality) * width);
      }
    }
    return (int) Math.max(1, Math.min(Network.INFERENCE_BATCH, MOST_VALUES / longest));
  }

  /**
   * Rejects segments that all lack every modality that the model reads, unless no modality was
   * requested.
   */
  private void checkAvailable(SegmentSet segments, ModalitySet available) {
    ModalitySet read = ModalitySet.of(config.inputs().modalities());
    ModalitySet found = ModalitySet.of(segments.widths().modalities());
    boolean emptyAllowed = available.isEmpty() || found.isEmpty() || segments.size() == 0;
    if (!emptyAllowed && read.and(found).and(available).isEmpty()) {
      throw new ConfigException(
          "nothing to predict from: the model reads "
              + read
              + ", the segments have "
              + found
              + (available.containsAll(read) ? "" : ", and only " + available + " is available"));
    }
  }

  private void checkWidths(SegmentSet segments) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              int found = segments.widths().find(modality).orElse(width);
              if (found != width) {
                throw new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "the model reads %d %s features, the data has %d",
                        width,
                        modality.key(),
                        found));
              }
            });
  }
}
