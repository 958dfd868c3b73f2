package dev.mer4j.benchmarks;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.train.ModalityDropout;
import dev.mer4j.train.Preset;
import dev.mer4j.train.Selection;
import dev.mer4j.train.Selection.Criterion;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The points in which the published recipe differs from preset {@code paper-corrected}, one at a
 * time and together, in small sizes.
 */
final class RecipePoints {
  static final String SANITIZED = "sanitized";
  static final String NAN_TO_NUM = "nan-to-num";
  static final String FIRST_STEPS = "first-steps";

  private static final int SIZE = 16;
  private static final int PATIENCE = 5;

  /**
   * A setting and the name of the store that it is trained and tested on.
   *
   * @param ofSequences whether the point has no effect on sequences of one step
   */
  record Point(Setting setting, String store, boolean ofSequences) {}

  private final ModelConfig model;
  private final TrainerConfig training;
  private final List<Point> points = new ArrayList<>();

  private RecipePoints(SegmentSet data) {
    model = small(Preset.PAPER_CORRECTED.model(data.widths(), data.labels()));
    training = small(Preset.PAPER_CORRECTED.trainer());
    TrainerConfig raw = training.toBuilder().standardized(false).build();
    ModelConfig paper = small(Preset.PAPER.model(data.widths(), data.labels()));
    TrainerConfig paperTraining =
        small(Preset.PAPER.trainer()).toBuilder().selection(patience(false)).build();
    add("corrected", SANITIZED, model, training);
    add("nan-to-num", NAN_TO_NUM, model, training);
    add("not-standardized", SANITIZED, model, raw);
    add("nan-to-num-not-standardized", NAN_TO_NUM, model, raw);
    addOfSequences("first-steps", FIRST_STEPS, model, training);
    addOfSequences("padding-read", SANITIZED, padded(paper), training);
    addOfSequences(
        "random-batches", SANITIZED, model, training.toBuilder().bucketed(false).build());
    add(
        "batch-dropout",
        SANITIZED,
        model,
        training.toBuilder().modalityDropoutUnit(ModalityDropout.Unit.BATCH).build());
    add("attention-sum", SANITIZED, summed(model), training);
    add(
        "learning-rate-1e-4",
        SANITIZED,
        model,
        training.toBuilder().learningRate(Preset.PAPER.trainer().learningRate()).build());
    add("patience-in-a-row", SANITIZED, model, with(patience(true)));
    add("patience-in-total", SANITIZED, model, with(patience(false)));
    add("paper", FIRST_STEPS + "-" + NAN_TO_NUM, paper, paperTraining);
    add("paper-attention-sum", FIRST_STEPS + "-" + NAN_TO_NUM, summed(paper), paperTraining);
  }

  /** Returns the points for data of these widths and labels, the reference first. */
  static List<Point> of(SegmentSet data) {
    return List.copyOf(new RecipePoints(data).points);
  }

  private void add(String name, String store, ModelConfig own, TrainerConfig trainer) {
    points.add(new Point(new Setting(name, own, trainer), store, false));
  }

  private void addOfSequences(String name, String store, ModelConfig own, TrainerConfig trainer) {
    points.add(new Point(new Setting(name, own, trainer), store, true));
  }

  private static ModelConfig small(ModelConfig config) {
    return config.toBuilder().hidden(SIZE).headHidden(SIZE).build();
  }

  private static TrainerConfig small(TrainerConfig config) {
    return config.toBuilder()
        .learningRate(1e-3)
        .epochs(15)
        .checkpointEvery(15)
        .selection(new Selection(Criterion.MACRO_F1, 0, true))
        .build();
  }

  private ModelConfig padded(ModelConfig paper) {
    return model.toBuilder().paddedBatch(paper.paddedBatch()).build();
  }

  private static ModelConfig summed(ModelConfig config) {
    return config.toBuilder().fusion(Fusion.attentionSum()).build();
  }

  private TrainerConfig with(Selection selection) {
    return training.toBuilder().selection(selection).build();
  }

  private static Selection patience(boolean consecutive) {
    return new Selection(Criterion.MACRO_F1, PATIENCE, consecutive);
  }
}
