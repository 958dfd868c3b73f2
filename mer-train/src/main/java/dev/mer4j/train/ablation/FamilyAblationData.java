package dev.mer4j.train.ablation;

import dev.mer4j.data.Split;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.FamilyBound;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A synthetic family. Each seed has its own data, so that the variation over seeds includes that
 * over data sets.
 */
public final class FamilyAblationData implements AblationData {
  /** A sweep runs the trials of one seed after those of another, so that two seeds can overlap. */
  private static final int KEPT = 2;

  private final Family family;
  private final int videos;
  private final Deque<FamilyData> recent = new ArrayDeque<>();

  /**
   * Creates the data set.
   *
   * @param videos as in {@link FamilyData#generate}
   */
  public FamilyAblationData(Family family, int videos) {
    this.family = family;
    this.videos = videos;
  }

  @Override
  public String name() {
    return family.key();
  }

  @Override
  public TrainingSplit training(long seed) {
    return TrainingSplit.of(data(seed).split(Split.TRAIN));
  }

  @Override
  public ValidationSplit validation(long seed) {
    return ValidationSplit.of(data(seed).split(Split.VALID));
  }

  @Override
  public TestSplit test(long seed) {
    return TestSplit.of(data(seed).split(Split.TEST));
  }

  @Override
  public Optional<LongFunction<Predictor>> bound() {
    return Optional.of(seed -> new FamilyBound(data(seed)));
  }

  /** Generates the data of a seed, unless they are among the most recent. */
  private synchronized FamilyData data(long seed) {
    for (FamilyData data : recent) {
      if (data.seed() == seed) {
        return data;
      }
    }
    if (recent.size() == KEPT) {
      recent.removeLast();
    }
    FamilyData data = FamilyData.generate(family, seed, videos);
    recent.addFirst(data);
    return data;
  }
}
