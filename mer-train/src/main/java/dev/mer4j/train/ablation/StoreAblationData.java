package dev.mer4j.train.ablation;

import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.eval.Predictor;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The splits of a store, the same for all seeds.
 *
 * @param store must stay open
 */
public record StoreAblationData(String name, SegmentStore store) implements AblationData {
  @Override
  public TrainingSplit training(long seed) {
    return store.training();
  }

  @Override
  public ValidationSplit validation(long seed) {
    return store.validation();
  }

  @Override
  public TestSplit test(long seed) {
    return store.test();
  }

  @Override
  public Optional<LongFunction<Predictor>> bound() {
    return Optional.empty();
  }
}
