package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains each trial of a sweep in a separate process.
 *
 * @param settings by name
 * @param stepLog whether to write a line per step
 */
record ProcessExecutor(
    Map<String, SweepSetting> settings, boolean stepLog, Subprocesses subprocesses)
    implements TrialExecutor {
  @Override
  public Fingerprint fingerprint(TrialTask task) {
    SweepSetting setting = SweepSetting.of(task, settings);
    RunConfig config = setting.config(task.seed());
    try (SegmentStore store = SegmentStore.open(setting.store());
        MultimodalModel model = config.newModel()) {
      return Trainer.builder()
          .config(config.training())
          .standardization(store.standardization())
          .build()
          .fingerprint(model, store.training(), store.validation());
    }
  }

  @Override
  public boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException {
    return subprocesses.run(command(task), RunFolder.of(task).log(), cancellation);
  }

  private List<String> command(TrialTask task) {
    SweepSetting setting = SweepSetting.of(task, settings);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("train", setting.store().toString(), "--out", task.folder()));
    command.addAll(List.of("--config", setting.folder().config().toString()));
    command.addAll(List.of("--seed", Long.toString(task.seed()), "--resume"));
    if (stepLog) {
      command.add("--step-log");
    }
    return command;
  }
}
