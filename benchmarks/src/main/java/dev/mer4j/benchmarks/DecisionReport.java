package dev.mer4j.benchmarks;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Temperatures;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.Family;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.calibration.SetCalibration;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.ablation.AblationData;
import dev.mer4j.train.ablation.FamilyAblationData;
import dev.mer4j.train.ablation.StoreAblationData;
import dev.mer4j.train.sweep.SampleStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Reports what fitted thresholds and temperatures change on test splits: {@code DecisionReport
 * SEEDS VIDEOS DATA...}, each DATA a family, of VIDEOS videos, or a store. Small models of both
 * tasks are trained with each seed. The classes of the single-label task are the labels and, for
 * families, "none".
 */
public final class DecisionReport {
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final int seeds;

  private DecisionReport(int seeds) {
    this.seeds = seeds;
  }

  /** Prints a row for each data set, task and quantity. */
  public static void main(String[] args) {
    int seeds = Integer.parseInt(args[0]);
    System.out.println("| data | quantity | full | difference | missing | difference |");
    System.out.println("|---|---|---:|---:|---:|---:|");
    for (int i = 2; i < args.length; i++) {
      Path path = Path.of(args[i]);
      if (Files.exists(path)) {
        try (SegmentStore store = SegmentStore.open(path)) {
          report(new StoreAblationData("store", store), TieRule.FIRST_COLUMN, seeds);
        }
      } else {
        Family family = Family.of(args[i]);
        int videos = Integer.parseInt(args[1]);
        report(new FamilyAblationData(family, videos), TieRule.NONE_CLASS, seeds);
      }
    }
  }

  private static void report(AblationData data, TieRule ties, int seeds) {
    DecisionReport single = new DecisionReport(seeds);
    DecisionReport multi = new DecisionReport(seeds);
    for (int seed = 1; seed <= seeds; seed++) {
      SegmentSet train = data.training(seed);
      single.add(data, LabelSet.singleLabel(train.labels(), ties), seed);
      multi.add(data, LabelSet.multiLabel(train.labels()), seed);
    }
    single.print(data.name() + ", single-label");
    multi.print(data.name() + ", multi-label");
  }

  private void add(AblationData data, LabelSet labels, int seed) {
    TrainingSplit train = data.training(seed);
    ValidationSplit valid = data.validation(seed);
    TestSplit test = data.test(seed);
    ModelConfig config =
        ModelConfig.builder()
            .inputs(train.widths())
            .hidden(12)
            .headHidden(32)
            .labels(labels)
            .build();
    try (MultimodalModel model = MultimodalModel.builder().config(config).seed(seed).build()) {
      TrainerConfig training =
          TrainerConfig.builder().epochs(12).batchSize(32).learningRate(2e-3).seed(seed).build();
      Trainer.builder().config(training).build().fit(model, train, valid);
      decisions("", model, train, test, seed);
      decisions(" on validation", model, train, valid, seed);
      temperatures(model, test, valid, seed);
    }
  }

  private void decisions(
      String where, MultimodalModel model, TrainingSplit train, SegmentSet segments, int seed) {
    Encodings encodings = model.encode(segments);
    Evaluator evaluator = Evaluator.withPriorsFrom(train);
    Thresholds fitted = model.thresholds();
    ModalityTable bySet = evaluator.compare("test", model, encodings);
    model.setThresholds(Thresholds.half(model.config().labels().classCount()));
    ModalityTable half = evaluator.compare("test", model, encodings);
    model.setThresholds(fitted);
    add("macro-F1" + where + ", thresholds equal", half, ModalityTable.Row::macroF1, seed);
    add("macro-F1" + where + ", of the full input", bySet, ModalityTable.Row::fullThresholds, seed);
    add("macro-F1" + where + ", of each set", bySet, ModalityTable.Row::macroF1, seed);
    add("macro-F1" + where + ", constant", bySet, ModalityTable.Row::constant, seed);
  }

  private void temperatures(
      MultimodalModel model, TestSplit test, ValidationSplit valid, int seed) {
    Encodings encodings = model.encode(test);
    ModalitySet full = ModalitySet.of(model.config().inputs().modalities());
    Temperatures fitted = model.temperatures().orElseThrow();
    Calibration bySet = Calibration.of(model, encodings, valid);
    model.setTemperatures(new Temperatures(fitted.of(full)));
    Calibration one = Calibration.of(model, encodings, valid);
    add("ECE, unscaled", bySet, each -> each.ece().before(), seed);
    add("ECE, of the full input", one, each -> each.ece().after(), seed);
    add("ECE, of each set", bySet, each -> each.ece().after(), seed);
    add("loss, unscaled", bySet, each -> each.loss().before(), seed);
    add("loss, of the full input", one, each -> each.loss().after(), seed);
    add("loss, of each set", bySet, each -> each.loss().after(), seed);
  }

  private void add(
      String name, ModalityTable table, ToDoubleFunction<ModalityTable.Row> value, int seed) {
    int modalities = table.full().size();
    table
        .rows()
        .forEach(row -> put(name, row.available(), modalities, value.applyAsDouble(row), seed));
  }

  private void add(
      String name, Calibration calibration, ToDoubleFunction<SetCalibration> value, int seed) {
    int modalities =
        calibration.sets().stream().mapToInt(each -> each.available().size()).max().orElseThrow();
    calibration
        .sets()
        .forEach(each -> put(name, each.available(), modalities, value.applyAsDouble(each), seed));
  }

  /** Adds a value of the full set, or its share of the mean over the sets that lack a modality. */
  private void put(String name, ModalitySet set, int modalities, double value, int seed) {
    boolean full = set.size() == modalities;
    double[] own = values.computeIfAbsent(name, key -> new double[2 * seeds]);
    own[2 * (seed - 1) + (full ? 0 : 1)] += full ? value : value / ((1 << modalities) - 2);
  }

  private void print(String data) {
    double[] first = new double[0];
    for (Map.Entry<String, double[]> each : values.entrySet()) {
      String name = each.getKey();
      boolean reference = name.endsWith("equal") || name.endsWith("unscaled");
      first = reference ? each.getValue() : first;
      StringBuilder row = new StringBuilder("| " + data + " | " + name + " |");
      for (int column = 0; column < 2; column++) {
        double[] own = new double[seeds];
        double[] gain = new double[seeds];
        for (int s = 0; s < seeds; s++) {
          own[s] = each.getValue()[2 * s + column];
          gain[s] = own[s] - first[2 * s + column];
        }
        SampleStatistics difference = SampleStatistics.of(gain);
        row.append(String.format(Locale.ROOT, " %.3f |", SampleStatistics.of(own).mean()));
        row.append(
            reference
                ? "  |"
                : String.format(
                    Locale.ROOT, " %+.3f ± %.3f |", difference.mean(), difference.margin()));
      }
      System.out.println(row);
    }
  }
}
