package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefetchedTest {
  @Test
  void givesEveryBatchOnceInOrder() {
    List<Batch> batches = Stream.generate(PrefetchedTest::batch).limit(20).toList();

    assertThat(new Prefetched(batches)).containsExactlyElementsOf(batches);
  }

  @Test
  void endsWhereTheListDoes() {
    Iterator<Batch> none = new Prefetched(List.of()).iterator();

    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void passesOnWhatWentWrongWithABatch() {
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
    Iterator<Batch> iterator = new Prefetched(batches).iterator();

    assertThat(iterator.next().size()).isZero();
    assertThatThrownBy(iterator::next).isSameAs(torn);
  }

  private static Batch batch() {
    return new Batch(List.of(), Presence.of(List.of()), Map.of(), new float[0]);
  }
}
