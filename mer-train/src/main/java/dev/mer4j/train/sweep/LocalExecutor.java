package dev.mer4j.train.sweep;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.StopReason;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trains in this process, in the calling thread. */
public final class LocalExecutor implements TrialExecutor {
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final SweepData data;
  private final @Nullable String backend;

  /** Creates an executor that uses the best backend that supports each setting. */
  public LocalExecutor(List<Setting> settings, TrainingSplit train, ValidationSplit valid) {
    this(settings, SweepData.of(train, valid), null);
  }

  /**
   * Creates an executor that uses a named backend, and data that may depend on the seed.
   *
   * @param backend the backend's name, or null for the best one that supports each setting
   */
  public LocalExecutor(List<Setting> settings, SweepData data, @Nullable String backend) {
    settings.forEach(setting -> this.settings.put(setting.name(), setting));
    this.data = data;
    this.backend = backend;
  }

  @Override
  public Fingerprint fingerprint(TrialTask task) {
    Setting setting = setting(task);
    TrainerConfig training = setting.training(task.seed());
    Trainer trainer = Trainer.builder().config(training).build();
    try (MultimodalModel model = setting.newModel(backend, task.seed())) {
      Fingerprint resumable =
          trainer.fingerprint(model, data.training(task.seed()), data.validation(task.seed()));
      Map<String, String> facts = new TreeMap<>(resumable.facts());
      // A resumed run may change these, but a finished trial depends on them.
      facts.put("training.epochs", String.valueOf(training.epochs()));
      facts.put("training.selection.patience", String.valueOf(training.selection().patience()));
      facts.put(
          "training.selection.consecutive", String.valueOf(training.selection().consecutive()));
      facts.put("training.fittedThresholds", String.valueOf(training.fittedThresholds()));
      return new Fingerprint(facts);
    }
  }

  @Override
  public boolean train(TrialTask task, Cancellation cancellation) {
    Setting setting = setting(task);
    Trainer trainer =
        Trainer.builder()
            .config(setting.training(task.seed()))
            .checkpoints(task.checkpoints())
            .resume(true)
            .cancellation(cancellation)
            .build();
    try (MultimodalModel model = setting.newModel(backend, task.seed())) {
      TrainingRun run =
          trainer.fit(model, data.training(task.seed()), data.validation(task.seed()));
      if (run.stopReason() == StopReason.CANCELLED) {
        return false;
      }
      model.save(task.model(), run.provenance());
      return true;
    }
  }

  private Setting setting(TrialTask task) {
    Setting setting = settings.get(task.setting());
    if (setting == null) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "unknown setting '%s'; known settings: %s",
              task.setting(),
              settings.keySet()));
    }
    return setting;
  }
}
