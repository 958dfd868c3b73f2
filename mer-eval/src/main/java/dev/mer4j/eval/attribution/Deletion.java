package dev.mer4j.eval.attribution;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.eval.metric.CrossEntropy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * A deletion check of a ranking of modalities: each segment is predicted without its first-ranked
 * modality, then without the second, then without the third. If the ranking is faithful, removing
 * the first one changes the predictions and raises the loss most.
 *
 * <p>Only segments with all of the model's modalities, at least two, are included.
 *
 * @param segments the number of included segments
 * @param loss cross-entropy with all modalities, in nats; NaN if no segment belongs to the task
 * @param removals the result of removing each rank, in order
 */
public record Deletion(Ranking ranking, int segments, double loss, List<RankRemoval> removals) {
  /** The quantity that ranks the modalities of a segment. */
  public enum Ranking {
    SHAPLEY,
    ATTENTION
  }

  /**
   * The result of removing one rank.
   *
   * @param rank the rank, from 1
   * @param change mean absolute change of a probability
   * @param loss cross-entropy after the removal, as {@link CrossEntropy} defines it
   */
  public record RankRemoval(int rank, double change, double loss) {}

  public Deletion {
    removals = List.copyOf(removals);
  }

  /** Returns whether removing the first rank raises the loss at least as much as any other. */
  public boolean topRaisesLossMost() {
    return removals.stream().allMatch(each -> each.loss() <= removals.get(0).loss());
  }

  /** Returns whether removing the first rank changes predictions at least as much as any other. */
  public boolean topChangesMost() {
    return removals.stream().allMatch(each -> each.change() <= removals.get(0).change());
  }

  /** Returns the check of this ranking, or empty if no segment is included. */
  static Optional<Deletion> of(List<Deletion> checks, Ranking ranking) {
    return checks.stream().filter(check -> check.ranking() == ranking).findFirst();
  }

  static List<Deletion> all(
      MultimodalModel model, Encodings encodings, Predictions full, List<Attribution> rows) {
    int modalities = model.config().inputs().size();
    List<Attribution> complete =
        rows.stream().filter(row -> row.shapley().size() == modalities).toList();
    if (modalities < 2 || complete.isEmpty()) {
      return List.of();
    }
    List<Deletion> checks = new ArrayList<>();
    checks.add(
        check(Ranking.SHAPLEY, Attribution::magnitude, model, encodings, full, rows, modalities));
    if (complete.stream().allMatch(row -> row.prediction().attention().size() == modalities)) {
      checks.add(
          check(Ranking.ATTENTION, Deletion::attention, model, encodings, full, rows, modalities));
    }
    return checks;
  }

  private static double attention(Attribution row, Modality modality) {
    return row.prediction().attention().find(modality).orElse(0.0);
  }

  private static Deletion check(
      Ranking ranking,
      ToDoubleBiFunction<Attribution, Modality> weight,
      MultimodalModel model,
      Encodings encodings,
      Predictions full,
      List<Attribution> rows,
      int modalities) {
    List<RankRemoval> removed = new ArrayList<>();
    for (int rank = 0; rank < modalities; rank++) {
      List<ModalitySet> left = new ArrayList<>();
      for (Attribution row : rows) {
        left.add(without(row, rank, weight));
      }
      Predictions without = model.predict(encodings, Presence.of(left));
      removed.add(
          new RankRemoval(
              rank + 1, change(full, without, modalities), loss(full, without, modalities)));
    }
    int complete = (int) rows.stream().filter(row -> row.shapley().size() == modalities).count();
    return new Deletion(ranking, complete, loss(full, full, modalities), removed);
  }

  private static ModalitySet without(
      Attribution row, int rank, ToDoubleBiFunction<Attribution, Modality> weight) {
    List<Modality> ranked =
        row.shapley().modalities().stream()
            .sorted(
                Comparator.comparingDouble((Modality m) -> weight.applyAsDouble(row, m)).reversed())
            .toList();
    ModalitySet all = row.prediction().available();
    return rank < ranked.size() ? all.without(ranked.get(rank)) : all;
  }

  private static double change(Predictions full, Predictions without, int modalities) {
    double sum = 0;
    int count = 0;
    for (int s = 0; s < full.size(); s++) {
      if (full.rows().get(s).available().size() == modalities) {
        for (int c = 0; c < full.scheme().classes().size(); c++) {
          double before = full.rows().get(s).probabilities().get(c);
          sum += Math.abs(before - without.rows().get(s).probabilities().get(c));
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double loss(Predictions full, Predictions without, int modalities) {
    List<Prediction> complete =
        IntStream.range(0, full.size())
            .filter(s -> full.rows().get(s).available().size() == modalities)
            .mapToObj(without.rows()::get)
            .toList();
    return CrossEntropy.of(new Predictions(without.scheme(), without.thresholds(), complete));
  }
}
