package dev.mer4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefetchedBatchesTest {
  @Test
  void returnsEveryBatchOnceInOrder() {
    List<Batch> batches = Stream.generate(PrefetchedBatchesTest::batch).limit(20).toList();

    List<Batch> accepted = new ArrayList<>();
    try (PrefetchedBatches prefetched = new PrefetchedBatches(batches, accepted::add)) {
      assertThat(prefetched).toIterable().containsExactlyElementsOf(batches);
    }
    assertThat(accepted).containsExactlyElementsOf(batches);
  }

  @Test
  void closingEarlyWaitsForTheBatchInProgress() {
    AtomicInteger under = new AtomicInteger();
    List<Batch> batches = Stream.generate(PrefetchedBatchesTest::batch).limit(3).toList();
    try (PrefetchedBatches prefetched =
        new PrefetchedBatches(
            batches,
            batch -> {
              under.incrementAndGet();
              LockSupport.parkNanos(20_000_000);
              under.decrementAndGet();
            })) {
      prefetched.next();
    }
    assertThat(under).hasValue(0);
  }

  @Test
  void failureOfADiscardedBatchIsIgnored() {
    List<Batch> batches = List.of(batch(), batch());
    try (PrefetchedBatches prefetched =
        new PrefetchedBatches(
            batches,
            batch -> {
              throw new MerException("the GPU failed");
            })) {
      assertThat(prefetched.hasNext()).isTrue();
    }
  }

  @Test
  void endsAfterTheLastBatch() {
    try (PrefetchedBatches none = new PrefetchedBatches(List.of(), batch -> {})) {
      assertThat(none.hasNext()).isFalse();
      assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void rethrowsTheFailureOfABatch() {
    MerException torn = new MerException("store: torn");
    List<Batch> batches =
        new AbstractList<>() {
          @Override
          public Batch get(int index) {
            if (index == 1) {
              throw torn;
            }
            return batch();
          }

          @Override
          public int size() {
            return 3;
          }
        };
    try (PrefetchedBatches prefetched = new PrefetchedBatches(batches, batch -> {})) {
      assertThat(prefetched.next().size()).isZero();
      assertThatThrownBy(prefetched::next).isSameAs(torn);
    }
  }

  private static Batch batch() {
    return new Batch(List.of(), Presence.of(List.of()), PerModality.of(), new float[0]);
  }
}
