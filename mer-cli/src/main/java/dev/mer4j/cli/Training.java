package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Split;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelCounts;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.HistoryFile;
import dev.mer4j.train.StepLog;
import dev.mer4j.train.StopReason;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.History;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A training run in its own folder.
 *
 * @param stepLog whether to write a line per step
 */
record Training(RunFolder folder, RunConfig config, boolean resume, boolean stepLog) {
  /**
   * Trains on the store's training split and saves the best model in the folder, or only a
   * checkpoint if the run is interrupted.
   */
  void run(Console console, SegmentStore store) {
    TrainingSplit train = TrainingSplit.of(Stores.split(store, Split.TRAIN));
    ValidationSplit valid = ValidationSplit.of(Stores.split(store, Split.VALID));
    try (Interruption interruption = new Interruption();
        MultimodalModel model = config.newModel();
        TrainingLines lines = new TrainingLines(console, config.model().labels());
        StepLog steps = new StepLog(folder.steps())) {
      console.line(
          "%d segments to train on, %d to validate; %,d parameters; backend %s",
          train.size(), valid.size(), model.parameters().size(), model.backend());
      console.line("training labels, %s", LabelCounts.of(config.model().labels(), train));
      console.line("validation labels, %s", LabelCounts.of(config.model().labels(), valid));
      Trainer.Builder trainer =
          Trainer.builder()
              .config(config.training())
              .standardization(store.standardization())
              .checkpoints(folder.checkpoints())
              .resume(resume)
              .cancellation(interruption.cancellation())
              .listener(new ConfigWriter(DataConfig.of(store)))
              .listener(HistoryFile.csv(folder.history()))
              .listener(HistoryFile.jsonLines(folder.historyLines()))
              .listener(lines);
      if (stepLog) {
        trainer.listener(steps);
      }
      TrainingRun run = trainer.build().fit(model, train, valid);
      if (run.stopReason() == StopReason.CANCELLED) {
        console.note("stopped; continue with --resume");
        return;
      }
      model.save(folder.model(), provenance(store, run));
      TrainingPlots.write(console, folder.root(), run.history());
    }
    console.line("model: %s", folder.model());
  }

  /** Writes the configurations of run and data after the trainer has accepted the run. */
  private final class ConfigWriter implements TrainingListener {
    private final DataConfig data;

    ConfigWriter(DataConfig data) {
      this.data = data;
    }

    @Override
    public void started(int epochs, History before) {
      RunConfigFile.write(folder.config(), config);
      data.write(OutputFile.of(folder.data(), DataConfig.MARK));
    }
  }

  private Provenance provenance(SegmentStore store, TrainingRun run) {
    StoreInfo data = store.info();
    Map<String, String> facts = new TreeMap<>(run.provenance().facts());
    facts.put("unit", data.options().unit().name().toLowerCase(Locale.ROOT));
    facts.put("steps", data.options().steps() + ", " + data.options().truncation().key());
    facts.put(
        "files",
        data.sources().stream()
            .map(file -> String.format(Locale.ROOT, "%s (%d bytes)", file.file(), file.bytes()))
            .collect(Collectors.joining(", ")));
    return run.provenance().withFacts(facts);
  }
}
