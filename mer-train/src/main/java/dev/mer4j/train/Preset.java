package dev.mer4j.train;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.List;
import java.util.Locale;

/** A predefined configuration. */
public enum Preset {
  /**
   * The published recipe: concatenation, one emotion per segment, ties resolved to the first
   * column. It was designed for whole videos, truncated to 300 steps.
   */
  PAPER,

  /** Attention over the present modalities, with the data set authors' multi-label task. */
  ROBUST;

  private static final int HIDDEN = 128;
  private static final int HEAD_WIDTH = 256;

  /** Returns the name on the command line, such as {@code paper}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the training configuration. */
  public TrainerConfig trainer() {
    return switch (this) {
      case PAPER -> TrainerConfig.builder().build();
      case ROBUST ->
          TrainerConfig.builder()
              .epochs(30)
              .batchSize(32)
              .learningRate(5e-4)
              .checkpointEvery(5)
              .build();
    };
  }

  /**
   * Returns the model configuration.
   *
   * @param widths D of every modality of the data
   */
  public ModelConfig model(PerModality<Integer> widths) {
    return model(widths, Emotion.MOSEI);
  }

  /**
   * What to train.
   *
   * @param widths D of every modality of the data
   * @param labels of the data
   */
  public ModelConfig model(PerModality<Integer> widths, List<Emotion> labels) {
    return switch (this) {
      case PAPER ->
          new ModelConfig(
              widths,
              HIDDEN,
              Fusion.concatenation(),
              HEAD_WIDTH,
              0,
              LabelSet.singleLabel(labels, TieRule.FIRST_COLUMN));
      case ROBUST ->
          new ModelConfig(
              widths, HIDDEN, Fusion.attention(), HEAD_WIDTH, 0.3, LabelSet.multiLabel(labels));
    };
  }
}
