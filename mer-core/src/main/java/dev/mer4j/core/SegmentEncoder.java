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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Encodes segments batch by batch. */
record SegmentEncoder(
    ModelConfig config, Standardization standardization, Sequences.Layout layout) {
  /** The most values of a batch in one array: one gigabyte. */
  private static final long MOST_VALUES = 1 << 28;

  /** B of several passes, each of which keeps the gates of all steps. */
  private static final int SHARED_BATCH = 16;

  /** Encodes a batch in one or more passes. */
  @FunctionalInterface
  interface Passes {
    /**
     * Returns the states [B, E] of each modality, for each pass.
     *
     * @param presence [B, M]
     * @param indices [B], the segments' indices in the set
     */
    List<PerModality<float[]>> encode(Batch batch, Presence presence, int[] indices);
  }

  /**
   * Encodes those of the given modalities that the segments have, in the segments' order.
   *
   * @param count the number of passes
   * @return the encodings of each pass
   * @throws ConfigException if the widths of the segments' features differ from the model's, the
   *     model reads none of the available modalities, two segments have the same id, or a feature
   *     is NaN or infinite
   */
  List<Encodings> encode(SegmentSet segments, ModalitySet available, int count, Passes passes) {
    checkWidths(segments);
    checkAvailable(segments, available);
    Batcher batcher =
        Batcher.builder(segments)
            .labels(config.labels())
            .includeUnlabeled()
            .batchSize(config.paddedBatch() > 0 ? config.paddedBatch() : batchSize(segments, count))
            .readPadding(config.paddedBatch() > 0)
            .layout(layout)
            .modalities(config.modalities())
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
    List<PerModality<float[]>> states =
        Stream.generate(() -> config.inputs().map(each -> new float[infos.size() * width]))
            .limit(count)
            .toList();
    for (Batch batch : config.paddedBatch() > 0 ? batcher.asGiven() : batcher.inOrder()) {
      Presence presence = batch.presence().and(available);
      FiniteCheck.features(batch, presence);
      int[] indices =
          batch.segments().stream()
              .mapToInt(info -> Objects.requireNonNull(rows.get(info.id())))
              .toArray();
      List<PerModality<float[]>> own = passes.encode(batch, presence, indices);
      for (int pass = 0; pass < count; pass++) {
        FiniteCheck.states(batch, own.get(pass));
        copy(own.get(pass), states.get(pass), indices, width);
      }
      for (int b = 0; b < indices.length; b++) {
        encoded[indices[b]] = presence.row(b);
      }
    }
    Presence presence = Presence.of(List.of(encoded));
    return states.stream().map(own -> new Encodings(config, infos, presence, own)).toList();
  }

  private static void copy(
      PerModality<float[]> batch, PerModality<float[]> all, int[] indices, int width) {
    for (Modality modality : all.modalities()) {
      for (int b = 0; b < indices.length; b++) {
        System.arraycopy(
            batch.get(modality), b * width, all.get(modality), indices[b] * width, width);
      }
    }
  }

  private int batchSize(SegmentSet segments, int passes) {
    long longest = 1;
    for (int s = 0; s < segments.size(); s++) {
      SegmentInfo info = segments.info(s);
      for (Modality modality : config.inputs().modalities()) {
        int width = Math.max(config.inputs().get(modality), 4 * config.hidden());
        longest = Math.max(longest, (long) info.steps(modality) * width);
      }
    }
    int most = passes > 1 ? SHARED_BATCH : Network.INFERENCE_BATCH;
    return (int) Math.max(1, Math.min(most, MOST_VALUES / longest));
  }

  /**
   * Rejects segments that all lack every modality that the model reads, unless no modality was
   * requested.
   */
  private void checkAvailable(SegmentSet segments, ModalitySet available) {
    ModalitySet read = config.modalities();
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
