package dev.mer4j.train.ablation;

import dev.mer4j.data.Split;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.FamilyBound;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A synthetic family. Each seed has its own data, so that the variation over seeds includes that
 * over data sets.
 */
public final class FamilyAblationData implements AblationData {
  private final Family family;
  private final int videos;
  private final Map<Long, FamilyData> bySeed = new ConcurrentHashMap<>();

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
  public Optional<Predictor> bound(long seed) {
    return Optional.of(new FamilyBound(data(seed)));
  }

  private FamilyData data(long seed) {
    return bySeed.computeIfAbsent(seed, s -> FamilyData.generate(family, s, videos));
  }
}
