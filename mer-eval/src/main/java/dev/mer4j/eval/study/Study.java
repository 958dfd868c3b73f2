package dev.mer4j.eval.study;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.threshold.ValidationPredictions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to know about one model on one split; the encoders run once for all of it,
 * and once more for each rate of erased steps.
 *
 * @param facts where data and model come from, by name, in the order of the report
 * @param missing where it was asked for
 * @param calibration where there is a validation split
 * @param training where there is a history
 * @param seen where the model's provenance names the segments that it was trained on
 */
public record Study(
    Evaluation evaluation,
    Uncertainty uncertainty,
    Attributions attributions,
    Map<String, String> facts,
    Optional<MissingResult> missing,
    Optional<Calibration> calibration,
    Optional<TrainingCurves> training,
    Optional<TrainingOverlap> seen) {
  public Study {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** What the model says of each segment. */
  public Predictions predictions() {
    return attributions.predictions();
  }

  /**
   * Starts a study.
   *
   * @param name what is judged, such as {@code test}
   */
  public static Builder builder(String name, MultimodalModel model, SegmentSet segments) {
    return new Builder(name, model, segments);
  }

  /** Gathers what a {@link Study} needs. */
  public static final class Builder {
    private final String name;
    private final MultimodalModel model;
    private final SegmentSet segments;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private Evaluator evaluator = new Evaluator(List.of());
    private @Nullable ValidationSplit validation;
    private @Nullable MissingGrid grid;
    private @Nullable TrainingCurves curves;
    private Provenance provenance = Provenance.UNKNOWN;
    private MissingGrid.Progress progress = (done, total) -> {};

    private Builder(String name, MultimodalModel model, SegmentSet segments) {
      this.name = name;
      this.model = model;
      this.segments = segments;
    }

    /** From whose labels constant predictors know what is frequent; the judged ones by default. */
    public Builder training(SegmentSet training) {
      evaluator = Evaluator.withPriorsFrom(training);
      return this;
    }

    /** What temperatures are fitted on; no calibration by default. */
    public Builder validation(ValidationSplit validation) {
      this.validation = validation;
      return this;
    }

    /** What is taken away; nothing by default. */
    public Builder missing(MissingGrid grid, MissingGrid.Progress progress) {
      this.grid = grid;
      this.progress = progress;
      return this;
    }

    /** How training went; none by default. */
    public Builder curves(TrainingCurves curves) {
      this.curves = curves;
      return this;
    }

    /** Where the model comes from, to warn of segments that it has seen; unknown by default. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** Adds where something comes from, to be told in the report. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /**
     * Studies the model.
     *
     * @throws dev.mer4j.MerException if there is no segment, or validation shares a video with what
     *     is judged
     */
    public Study run() {
      Encodings encodings = model.encode(segments);
      Attributions attributions = Attributions.of(model, encodings);
      Predictions predictions = attributions.predictions();
      Evaluation evaluation = evaluator.evaluate(name, predictions);
      return new Study(
          evaluation,
          Uncertainty.of(predictions),
          attributions,
          facts,
          Optional.ofNullable(grid)
              .map(g -> g.run(evaluator, name, model, segments, encodings, progress)),
          Optional.ofNullable(validation)
              .filter(split -> split.size() > 0)
              .map(split -> Calibration.of(predictions, ValidationPredictions.of(model, split))),
          Optional.ofNullable(curves),
          TrainingOverlap.of(provenance, segments));
    }
  }
}
