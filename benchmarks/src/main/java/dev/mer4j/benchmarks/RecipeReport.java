package dev.mer4j.benchmarks;

import dev.mer4j.benchmarks.RecipePoints.Point;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.LogisticRegression;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.SampleStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reports what each point of the published recipe costs on the test split: {@code RecipeReport
 * FOLDER SEEDS}. The folder contains {@code sanitized.store} and the stores of {@link
 * RecipePoints}; settings whose store does not exist are omitted. Called by {@code
 * docs/presets/recipe}.
 */
public final class RecipeReport {
  private static final long FIRST_SEED = 101;

  private RecipeReport() {}

  /** The test scores of one setting with one seed. */
  private record Scores(double macroF1, double accuracy, double missing) {}

  /** Trains all settings and prints the table in Markdown. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int seeds = Integer.parseInt(args[1]);
    List<Point> points;
    try (SegmentStore store = open(folder, RecipePoints.SANITIZED)) {
      boolean sequences = hasSequences(store.training());
      points =
          RecipePoints.of(store.training()).stream()
              .filter(point -> sequences || !point.ofSequences())
              .filter(point -> Files.exists(path(folder, point.store())))
              .toList();
      print("setting", "test macro-F1", "difference", "accuracy", "missing", "difference");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      printBaselines(store);
    }
    List<Scores> reference = List.of();
    for (Point point : points) {
      List<Scores> own = new ArrayList<>();
      try (SegmentStore store = open(folder, point.store())) {
        for (int s = 0; s < seeds; s++) {
          own.add(score(point, store, FIRST_SEED + s));
        }
      }
      print(point.setting().name(), own, reference);
      reference = reference.isEmpty() ? own : reference;
    }
  }

  private static Path path(Path folder, String store) {
    return folder.resolve(store + ".store");
  }

  private static SegmentStore open(Path folder, String store) {
    return SegmentStore.open(path(folder, store));
  }

  private static boolean hasSequences(SegmentSet segments) {
    for (int s = 0; s < segments.size(); s++) {
      if (segments.info(s).steps().values().stream().anyMatch(steps -> steps > 1)) {
        return true;
      }
    }
    return false;
  }

  private static Scores score(Point point, SegmentStore store, long seed) {
    TrainerConfig config = point.setting().training().toBuilder().seed(seed).build();
    try (MultimodalModel model = point.setting().newModel(null, seed)) {
      Trainer.builder().config(config).build().fit(model, store.training(), store.validation());
      ModalityTable table =
          Evaluator.withPriorsFrom(store.training()).compare("test", model, store.test());
      Evaluation full = table.evaluations().get(table.full());
      double missing =
          table.evaluations().entrySet().stream()
              .filter(each -> !each.getKey().equals(table.full()))
              .mapToDouble(each -> each.getValue().macroF1())
              .average()
              .orElse(Double.NaN);
      return new Scores(full.macroF1(), full.singleLabel().accuracy(), missing);
    }
  }

  private static void printBaselines(SegmentStore store) {
    LabelSet task = LabelSet.singleLabel(store.training().labels(), TieRule.FIRST_COLUMN);
    SegmentSet test = new OneHotLabels(store.test(), task);
    Predictor regression =
        LogisticRegression.fit(
            TrainingSplit.of(new OneHotLabels(store.training(), task)),
            ValidationSplit.of(new OneHotLabels(store.validation(), task)));
    Predictor.Prepared prepared = regression.prepare(test);
    Evaluator evaluator = Evaluator.withPriorsFrom(new OneHotLabels(store.training(), task));
    Evaluation full =
        evaluator.evaluate("logistic regression", prepared.predict(prepared.presence()));
    SingleLabelMetrics metrics = full.singleLabel();
    int usual = mostFrequent(new OneHotLabels(store.training(), task), task);
    double share = metrics.counts(usual).support() / (double) test.size();
    String constant = number(2 * share / (1 + share) / classes(test, task));
    print("constant: the most frequent emotion", constant, "", number(share), constant, "");
    ModalitySet inputs = regression.inputs();
    double missing =
        inputs.subsets().stream()
            .filter(set -> !set.isEmpty() && !set.equals(inputs))
            .mapToDouble(
                set ->
                    evaluator
                        .evaluate("", prepared.predict(prepared.presence().and(set)))
                        .singleLabel()
                        .macro()
                        .f1())
            .average()
            .orElse(Double.NaN);
    print(
        "logistic regression",
        number(metrics.macro().f1()),
        "",
        number(metrics.accuracy()),
        number(missing),
        "");
  }

  private static int mostFrequent(SegmentSet segments, LabelSet task) {
    int[] counts = counts(segments, task);
    int best = 0;
    for (int c = 1; c < counts.length; c++) {
      best = counts[c] > counts[best] ? c : best;
    }
    return best;
  }

  /** Returns the number of classes that occur. */
  private static long classes(SegmentSet segments, LabelSet task) {
    return Arrays.stream(counts(segments, task)).filter(count -> count > 0).count();
  }

  private static int[] counts(SegmentSet segments, LabelSet task) {
    int[] counts = new int[task.classCount()];
    for (int s = 0; s < segments.size(); s++) {
      counts[task.single(segments.info(s).scores()).orElseThrow()]++;
    }
    return counts;
  }

  private static void print(String name, List<Scores> own, List<Scores> reference) {
    print(
        name,
        statistics(own.stream().mapToDouble(Scores::macroF1).toArray()).toString(),
        difference(
            own.stream().mapToDouble(Scores::macroF1).toArray(),
            reference.stream().mapToDouble(Scores::macroF1).toArray()),
        statistics(own.stream().mapToDouble(Scores::accuracy).toArray()).toString(),
        statistics(own.stream().mapToDouble(Scores::missing).toArray()).toString(),
        difference(
            own.stream().mapToDouble(Scores::missing).toArray(),
            reference.stream().mapToDouble(Scores::missing).toArray()));
  }

  private static SampleStatistics statistics(double[] values) {
    return SampleStatistics.of(values);
  }

  /** Returns the mean paired difference with its 95 % interval; empty for the reference. */
  private static String difference(double[] own, double[] reference) {
    if (reference.length == 0) {
      return "";
    }
    double[] differences = new double[own.length];
    for (int s = 0; s < own.length; s++) {
      differences[s] = own[s] - reference[s];
    }
    SampleStatistics paired = SampleStatistics.of(differences);
    return String.format(
        Locale.ROOT,
        "%+.3f (%+.3f to %+.3f)",
        paired.mean(),
        paired.mean() - paired.margin(),
        paired.mean() + paired.margin());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static void print(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }
}
