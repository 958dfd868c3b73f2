package dev.mer4j.eval.baseline;

import dev.mer4j.ConfigException;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Predictor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The mean of the probabilities of separately trained models of one modality each, over the
 * available modalities: late fusion without any joint training. A segment without modalities gets
 * the mean of the models' predictions for no input.
 */
public final class ModelMean implements Predictor {
  private final PerModality<MultimodalModel> models;

  /**
   * Creates the predictor.
   *
   * @param models by the modality that each reads; they must stay open
   * @throws ConfigException if there is no model, one reads other modalities, or their labels
   *     differ
   */
  public ModelMean(PerModality<MultimodalModel> models) {
    if (models.isEmpty()) {
      throw new ConfigException("a mean of models needs at least one model");
    }
    models.forEach(
        (modality, model) -> {
          if (!model.config().inputs().modalities().equals(List.of(modality))) {
            throw new ConfigException(
                "the model of "
                    + modality.key()
                    + " reads "
                    + ModalitySet.of(model.config().inputs().modalities()));
          }
          if (!model.config().labels().equals(models.values().get(0).config().labels())) {
            throw new ConfigException("the models have different labels");
          }
        });
    this.models = models;
  }

  @Override
  public ModalitySet inputs() {
    return ModalitySet.of(models.modalities());
  }

  /** Runs each model once. */
  @Override
  public Prepared prepare(SegmentSet segments) {
    PerModality.Builder<Predictions> present = PerModality.builder();
    PerModality.Builder<Predictions> absent = PerModality.builder();
    models.forEach(
        (modality, model) -> {
          Encodings encodings = model.encode(segments);
          present.put(modality, model.predict(encodings, encodings.presence()));
          absent.put(modality, model.predict(encodings, ModalitySet.NONE));
        });
    PerModality<Predictions> withInput = present.build();
    PerModality<Predictions> withoutInput = absent.build();
    return SegmentPredictor.of(
        models.values().get(0).config().labels(),
        segments,
        inputs(),
        (segment, available) ->
            available.isEmpty()
                ? mean(withoutInput, models.modalities(), segment)
                : mean(withInput, available.toList(), segment));
  }

  private static List<Double> mean(
      PerModality<Predictions> predictions, List<Modality> modalities, int segment) {
    return mean(
        modalities.stream()
            .map(modality -> predictions.get(modality).rows().get(segment).probabilities())
            .toList());
  }

  private static List<Double> mean(List<List<Double>> rows) {
    List<Double> mean = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0.0));
    for (List<Double> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        mean.set(c, mean.get(c) + row.get(c) / rows.size());
      }
    }
    return mean.stream().map(p -> Math.min(1, p)).toList();
  }
}
