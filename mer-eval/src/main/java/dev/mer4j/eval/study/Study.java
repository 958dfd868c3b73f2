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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The complete evaluation of one model on one split. The encoders run once, and once more for each
 * rate of erased steps.
 *
 * @param facts facts about data and model by name, in the order of the report
 * @param missing the evaluation with missing input, if requested
 * @param calibration the calibration, if a validation split was given
 * @param training the learning curves, if given
 * @param seen the overlap with the training data, if the model's provenance names its segments
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

  /** Returns the prediction of each segment. */
  public Predictions predictions() {
    return attributions.predictions();
  }

  /**
   * Returns a builder of a study.
   *
   * @param name the name of the evaluated split, such as {@code test}
   */
  public static Builder builder(String name, MultimodalModel model, SegmentSet segments) {
    return new Builder(name, model, segments);
  }

  /** Gathers the settings of a {@link Study}. */
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

    /** Sets the segments whose class frequencies baselines use. Defaults to the evaluated ones. */
    public Builder training(SegmentSet training) {
      evaluator = Evaluator.withPriorsFrom(training);
      return this;
    }

    /**
     * Sets the split that temperatures are fitted on if the model has none. Defaults to no
     * calibration.
     */
    public Builder validation(ValidationSplit validation) {
      this.validation = validation;
      return this;
    }

    /** Sets the grid of missing input. Defaults to none. */
    public Builder missing(MissingGrid grid, MissingGrid.Progress progress) {
      this.grid = grid;
      this.progress = progress;
      return this;
    }

    /** Sets the learning curves. Defaults to none. */
    public Builder curves(TrainingCurves curves) {
      this.curves = curves;
      return this;
    }

    /** Sets the model's provenance, to detect segments seen in training. Defaults to unknown. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** Adds a fact to the report. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /**
     * Runs the study.
     *
     * @throws dev.mer4j.MerException if there is no segment, or the validation split shares a video
     *     with the evaluated one
     */
    public Study run() {
      model.config().labels().requireLabels(segments.labels());
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
              .map(split -> Calibration.of(model, encodings, split)),
          Optional.ofNullable(curves),
          TrainingOverlap.of(provenance, segments));
    }
  }
}
