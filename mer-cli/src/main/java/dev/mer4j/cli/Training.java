package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.train.HistoryFile;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainingListener;
import dev.mer4j.train.TrainingRun;
import dev.mer4j.train.history.History;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One training run in a folder of its own. */
record Training(RunFolder folder, RunConfig config, boolean resume) {
  /** Trains on the store's training split, and leaves the best model in the folder. */
  void run(Console console, SegmentStore store) {
    SegmentSet train = Stores.split(store, Split.TRAIN);
    SegmentSet valid = Stores.split(store, Split.VALID);
    try (MultimodalModel model = config.newModel();
        TrainingLines lines = new TrainingLines(console)) {
      console.line(
          "%d segments to train on, %d to validate; %,d parameters; engine %s",
          train.size(), valid.size(), model.parameters().size(), model.engine());
      TrainingRun run =
          Trainer.builder()
              .config(config.training())
              .standardization(store.standardization())
              .checkpoints(folder.checkpoints())
              .resume(resume)
              .listener(new ConfigWriter())
              .listener(new HistoryFile(folder.history()))
              .listener(lines)
              .build()
              .fit(model, train, valid);
      model.save(folder.model(), provenance(store, run));
    }
    console.line("model: %s", folder.model());
  }

  /** Writes the configuration once the trainer has found that the run can begin. */
  private final class ConfigWriter implements TrainingListener {
    @Override
    public void started(int epochs, History before) {
      RunConfigFile.write(folder.config(), config);
    }
  }

  private Provenance provenance(SegmentStore store, TrainingRun run) {
    StoreInfo data = store.info();
    Map<String, String> facts = new TreeMap<>();
    facts.put("engine", config.engine());
    facts.put("seed", String.valueOf(config.training().seed()));
    facts.put("epoch", String.valueOf(run.bestEpoch()));
    facts.put("valid macro-F1", String.valueOf(run.bestMacroF1()));
    facts.put("trained on", "train");
    facts.put("epoch and thresholds chosen on", "valid");
    facts.put("unit", data.options().unit().name().toLowerCase(Locale.ROOT));
    facts.put("steps", data.options().steps() + ", " + data.options().truncation().key());
    facts.put(
        "files",
        data.sources().stream()
            .map(file -> "%s (%d bytes)".formatted(file.file(), file.bytes()))
            .collect(Collectors.joining(", ")));
    return new Provenance(facts);
  }
}
