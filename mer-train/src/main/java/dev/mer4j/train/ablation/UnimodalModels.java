package dev.mer4j.train.ablation;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.ModelMean;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.sweep.LocalExecutor;
import dev.mer4j.train.sweep.Setting;
import dev.mer4j.train.sweep.SweepData;
import dev.mer4j.train.sweep.TrialTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Separately trained models of one modality each, with the sizes and the training of a setting but
 * without modality dropout, whose probabilities are averaged.
 */
final class UnimodalModels {
  private final List<Modality> modalities;
  private final LocalExecutor executor;

  UnimodalModels(Setting reference, SweepData data) {
    modalities = reference.model().inputs().modalities();
    executor =
        new LocalExecutor(
            modalities.stream().map(modality -> setting(reference, modality)).toList(), data, null);
  }

  private static Setting setting(Setting reference, Modality modality) {
    ModelConfig model = reference.model();
    return new Setting(
        modality.key(),
        model.toBuilder()
            .inputs(PerModality.of(modality, model.inputs().get(modality)))
            .fusion(Fusion.concatenation())
            .build(),
        reference.training().toBuilder().modalityDropout(0).build());
  }

  Fingerprint fingerprint(TrialTask task) {
    Map<String, String> facts = new TreeMap<>();
    for (Modality modality : modalities) {
      executor
          .fingerprint(own(task, modality))
          .facts()
          .forEach((name, value) -> facts.put(modality.key() + ": " + name, value));
    }
    return new Fingerprint(facts);
  }

  boolean train(TrialTask task, Cancellation cancellation) {
    for (Modality modality : modalities) {
      if (!executor.train(own(task, modality), cancellation)) {
        return false;
      }
    }
    return true;
  }

  /** Calls a function with the mean of the trained models, which are open during the call. */
  <T> T use(TrialTask task, Function<Predictor, T> function) {
    PerModality.Builder<MultimodalModel> models = PerModality.builder();
    return use(task, modalities, models, function);
  }

  private <T> T use(
      TrialTask task,
      List<Modality> rest,
      PerModality.Builder<MultimodalModel> models,
      Function<Predictor, T> function) {
    if (rest.isEmpty()) {
      return function.apply(new ModelMean(models.build()));
    }
    try (MultimodalModel model = MultimodalModel.load(own(task, rest.get(0)).model())) {
      models.put(rest.get(0), model);
      return use(task, rest.subList(1, rest.size()), models, function);
    }
  }

  private static TrialTask own(TrialTask task, Modality modality) {
    return new TrialTask(
        modality.key(), task.seed(), Path.of(task.folder(), modality.key()).toString());
  }
}
