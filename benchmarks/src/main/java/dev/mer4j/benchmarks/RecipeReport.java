package dev.mer4j.benchmarks;

import dev.mer4j.benchmarks.RecipePoints.Point;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.SampleStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Reports what each point of the published recipe costs on the test split: {@code RecipeReport
 * FOLDER SEEDS}. The folder contains {@code sanitized.store} and the stores of {@link
 * RecipePoints}; settings whose store does not exist are omitted. Called by {@code
 * docs/presets/recipe}.
 */
public final class RecipeReport {
  private static final long FIRST_SEED = 101;

  private RecipeReport() {}

  /**
   * The test scores of one setting with one seed, or of a baseline.
   *
   * @param missing the mean macro-F1 over the sets that lack a modality
   */
  record Scores(double macroF1, double accuracy, double missing) {}

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
      RecipeBaselines baselines = new RecipeBaselines(store);
      print("constant: the most frequent emotion", baselines.constant());
      print("logistic regression", baselines.logisticRegression());
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

  private static void print(String name, Scores baseline) {
    print(
        name,
        number(baseline.macroF1()),
        "",
        number(baseline.accuracy()),
        number(baseline.missing()),
        "");
  }

  private static void print(String name, List<Scores> own, List<Scores> reference) {
    print(
        name,
        SampleStatistics.of(values(own, Scores::macroF1)).toString(),
        difference(own, reference, Scores::macroF1),
        SampleStatistics.of(values(own, Scores::accuracy)).toString(),
        SampleStatistics.of(values(own, Scores::missing)).toString(),
        difference(own, reference, Scores::missing));
  }

  private static double[] values(List<Scores> scores, ToDoubleFunction<Scores> value) {
    return scores.stream().mapToDouble(value).toArray();
  }

  /** Returns the mean paired difference with its 95 % interval; empty for the reference. */
  private static String difference(
      List<Scores> own, List<Scores> reference, ToDoubleFunction<Scores> value) {
    if (reference.isEmpty()) {
      return "";
    }
    double[] differences = values(own, value);
    for (int s = 0; s < differences.length; s++) {
      differences[s] -= value.applyAsDouble(reference.get(s));
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
