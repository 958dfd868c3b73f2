package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.io.ModelFile;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.experiment.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a sweep does one run: a process trains, then the model is judged here, and {@code
 * result.json} says what came of it. A run that has one is done.
 *
 * @param test whether to judge on the test split
 * @param stepLog whether to write a line per step
 */
record SweepRuns(boolean test, boolean stepLog) {
  private static final String VALID = "valid macro-F1";
  private static final String TEST = "test macro-F1";

  /** Mean over the six sets of one or two modalities. */
  private static final String TEST_MISSING = "with modalities missing";

  /** A run that is done, and what it was done with. */
  private record Result(Fingerprint fingerprint, Trial trial) {}

  Trial run(SweepSetting setting, long seed, Subprocesses subprocesses)
      throws InterruptedException {
    RunFolder run = setting.run(seed);
    Path file = run.result();
    Fingerprint fingerprint = fingerprint(setting, seed);
    if (Files.exists(file)) {
      Result result = ModelFile.read(file, Result.class);
      result.fingerprint().requireSame(file, fingerprint);
      if (!test || result.trial().scores().containsKey(TEST)) {
        return ordered(result.trial());
      }
    }
    subprocesses.run(command(setting, run, seed), run.log());
    Trial trial = new Trial(setting.name(), seed, scores(setting, run));
    ModelFile.write(file, new Result(fingerprint, trial));
    return trial;
  }

  /** A file's scores are in the order of the alphabet, and may be more than were asked for. */
  private Trial ordered(Trial read) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String name : test ? List.of(VALID, TEST, TEST_MISSING) : List.of(VALID)) {
      scores.put(name, read.scores().getOrDefault(name, Double.NaN));
    }
    return new Trial(read.setting(), read.seed(), scores);
  }

  private static Fingerprint fingerprint(SweepSetting setting, long seed) {
    RunConfig config = setting.config(seed);
    try (SegmentStore store = SegmentStore.open(setting.store());
        MultimodalModel model = config.newModel()) {
      return Trainer.builder()
          .config(config.training())
          .standardization(store.standardization())
          .build()
          .fingerprint(model, store.training(), store.validation());
    }
  }

  private List<String> command(SweepSetting setting, RunFolder run, long seed) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("train", setting.store().toString(), "--out", run.root().toString()));
    command.addAll(List.of("--config", setting.folder().config().toString(), "--seed", "" + seed));
    command.add("--resume");
    if (stepLog) {
      command.add("--step-log");
    }
    return command;
  }

  private Map<String, Double> scores(SweepSetting setting, RunFolder run) {
    Path written = run.model().resolve("provenance.json");
    Map<String, String> facts = ModelFile.read(written, Provenance.class).facts();
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(VALID, Double.valueOf(facts.getOrDefault(VALID, "NaN")));
    if (test) {
      try (SegmentStore store = SegmentStore.open(setting.store());
          MultimodalModel model = run.load()) {
        judge(model, Stores.split(store, Split.TEST), scores);
      }
    }
    return scores;
  }

  /** In the multi-label task, whatever the model was trained for, so that all can be compared. */
  private static void judge(
      MultimodalModel model, SegmentSet segments, Map<String, Double> scores) {
    ModalityTable table = Evaluator.knowing(segments).compare("test", model, segments);
    double full = table.evaluations().get(table.full()).multiLabel().macroF1();
    double missing =
        table.evaluations().entrySet().stream()
            .filter(each -> !each.getKey().equals(table.full()))
            .mapToDouble(each -> each.getValue().multiLabel().macroF1())
            .average()
            .orElse(Double.NaN);
    scores.put(TEST, full);
    scores.put(TEST_MISSING, missing);
  }
}
