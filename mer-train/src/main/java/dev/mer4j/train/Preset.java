package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.train.LossOptions.ClassWeights;
import dev.mer4j.train.Selection.Criterion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A predefined configuration. */
public enum Preset {
  /**
   * The published recipe as its code is: concatenation, one emotion per video, ties resolved to the
   * first column, modality dropout of whole batches, features as they are, padding read by the
   * encoders, a patience of five epochs in total, and the most probable class predicted. It was
   * designed for whole videos, truncated to 300 steps.
   */
  PAPER,

  /**
   * The published recipe with its mistakes corrected: modality dropout of single segments that
   * keeps one modality, standardized features, sequences that end at their last step, batches of
   * similar lengths, a patience of five epochs in a row, and fitted thresholds.
   */
  PAPER_CORRECTED,

  /**
   * The multi-label task of the data set's authors, with what an ablation on several data sets
   * accepted ({@code docs/ablation.md}): additive fusion of order 2, whose contributions are exact,
   * attention pooling over time, balanced class weights, and an exponential moving average of the
   * parameters.
   */
  ROBUST;

  private static final int PATIENCE = 5;

  /** Returns the name on the command line, such as {@code paper}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the preset with this key.
   *
   * @throws ConfigException if no preset has this key
   */
  public static Preset of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "preset must be one of %s: '%s'",
                        Arrays.stream(values()).map(Preset::key).toList(),
                        key)));
  }

  /** Returns the training configuration. */
  public TrainerConfig trainer() {
    return switch (this) {
      case PAPER ->
          TrainerConfig.builder()
              .modalityDropoutUnit(ModalityDropout.Unit.BATCH)
              .bucketed(false)
              .standardized(false)
              .selection(new Selection(Criterion.MACRO_F1, PATIENCE, false))
              .fittedThresholds(false)
              .build();
      case PAPER_CORRECTED ->
          TrainerConfig.builder()
              .selection(new Selection(Criterion.MACRO_F1, PATIENCE, true))
              .build();
      case ROBUST ->
          TrainerConfig.builder()
              .epochs(30)
              .batchSize(32)
              .learningRate(5e-4)
              .loss(new LossOptions(ClassWeights.BALANCED, 0))
              .ema(0.99)
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
    ModelConfig.Builder config = ModelConfig.builder().inputs(widths);
    return switch (this) {
      case PAPER, PAPER_CORRECTED ->
          config
              .headHidden(128)
              .labels(LabelSet.singleLabel(labels, TieRule.FIRST_COLUMN))
              .paddedBatch(this == PAPER ? trainer().batchSize() : 0)
              .build();
      case ROBUST ->
          config
              .fusion(Fusion.additive(Math.min(2, widths.size())))
              .pooling(Pooling.ATTENTION)
              .labels(LabelSet.multiLabel(labels))
              .build();
    };
  }
}
