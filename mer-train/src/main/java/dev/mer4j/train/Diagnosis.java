package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.train.TrainingListener.StepRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The diagnosis of a step whose loss or gradient was not finite.
 *
 * @param step the last skipped step
 * @param segments the segments of its batch
 * @param nonFiniteSegments the segments for which the model's prediction from a single modality is
 *     not finite; empty if all such predictions are finite
 * @param parameterNorms Euclidean norm of each part of the model, such as {@code encoders.text}
 * @param gradientNorms Euclidean norm of each part of the step's gradient; infinite or NaN where
 *     the gradient is not finite
 */
public record Diagnosis(
    StepRecord step,
    List<SegmentId> segments,
    PerModality<List<SegmentId>> nonFiniteSegments,
    Map<String, Double> parameterNorms,
    Map<String, Double> gradientNorms) {
  public Diagnosis {
    segments = List.copyOf(segments);
    nonFiniteSegments = nonFiniteSegments.sorted();
    parameterNorms = Collections.unmodifiableMap(new TreeMap<>(parameterNorms));
    gradientNorms = Collections.unmodifiableMap(new TreeMap<>(gradientNorms));
  }

  /**
   * Diagnoses a step.
   *
   * @param gradient [P], the step's gradient; predictions may overwrite its memory
   */
  static Diagnosis of(
      MultimodalModel model, SegmentSet train, Batch batch, StepRecord record, float[] gradient) {
    Map<String, Double> gradientNorms = GradientNorms.byPart(model.parameters().views(), gradient);
    return new Diagnosis(
        record,
        batch.segments().stream().map(SegmentInfo::id).toList(),
        nonFiniteSegments(model, rows(train, batch)),
        GradientNorms.byPart(model.parameters().views(), model.parameters().values()),
        gradientNorms);
  }

  private static PerModality<List<SegmentId>> nonFiniteSegments(
      MultimodalModel model, List<Segment> rows) {
    PerModality.Builder<List<SegmentId>> nonFinite = PerModality.builder();
    for (Modality modality : model.config().inputs().modalities()) {
      List<SegmentId> bad =
          rows.stream()
              .filter(row -> row.features().has(modality))
              .filter(row -> isRefused(model, row, modality))
              .map(Segment::id)
              .toList();
      if (!bad.isEmpty()) {
        nonFinite.put(modality, bad);
      }
    }
    return nonFinite.build();
  }

  /** Returns whether a prediction is refused or is not finite. */
  private static boolean isRefused(MultimodalModel model, Segment row, Modality modality) {
    try {
      return model.predict(SegmentList.of(List.of(row)), ModalitySet.of(modality)).size() != 1;
    } catch (ConfigException e) {
      return true;
    }
  }

  private static List<Segment> rows(SegmentSet train, Batch batch) {
    Set<SegmentId> ids = batch.segments().stream().map(SegmentInfo::id).collect(Collectors.toSet());
    List<Segment> rows = new ArrayList<>();
    for (int s = 0; s < train.size(); s++) {
      if (ids.contains(train.info(s).id())) {
        rows.add(train.segment(s));
      }
    }
    return rows;
  }

  /** Returns the diagnosis as text. */
  @Override
  public String toString() {
    String where =
        nonFiniteSegments.isEmpty()
            ? String.format(
                Locale.ROOT,
                "predictions from each single modality of every segment are finite: %s",
                segments)
            : nonFiniteSegments.modalities().stream()
                .map(
                    modality ->
                        String.format(
                            Locale.ROOT,
                            "the %s of %s",
                            modality.key(),
                            nonFiniteSegments.get(modality)))
                .collect(Collectors.joining(", ", "not finite: ", ""));
    return String.format(
        Locale.ROOT,
        "%s; parameter norms %s; gradient norms %s",
        where,
        text(parameterNorms),
        text(gradientNorms));
  }

  private static String text(Map<String, Double> norms) {
    return norms.entrySet().stream()
        .map(norm -> String.format(Locale.ROOT, "%s %.3g", norm.getKey(), norm.getValue()))
        .collect(Collectors.joining(", "));
  }
}
