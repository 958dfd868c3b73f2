package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

@Timeout(120)
class StoreScoringTest {
  @TempDir Path folder;

  /** A broadcast that can forget its value, as Spark does when memory is short. */
  private static final class Forgetful<T> extends Broadcast<T> {
    private static final long serialVersionUID = 1;

    private transient @Nullable T value;

    Forgetful(T value) {
      super(0, ClassTag$.MODULE$.apply(Object.class));
      this.value = value;
    }

    @Override
    public @Nullable T getValue() {
      return value;
    }

    void forget() {
      value = null;
    }

    @Override
    public void doUnpersist(boolean blocking) {}

    @Override
    public void doDestroy(boolean blocking) {}
  }

  @Test
  void aStoreIsOpenAsLongAsItsSegmentsAreScored() throws InterruptedException {
    Path data = folder.resolve("data");
    SyntheticMosei.builder().videos(4).seed(3).durationFactor(0.1).build().write(data);
    Path file = folder.resolve("store");
    Preparation.builder(CsdFolder.find(data)).build().run(file);
    int size;
    TaskScoring scoring;
    try (SegmentStore store = SegmentStore.open(file);
        MultimodalModel model =
            MultimodalModel.builder().inputs(store.widths()).hidden(4).backend("java").build()) {
      size = store.allSegments().size();
      model.save(folder.resolve("model"), Provenance.UNKNOWN);
      scoring =
          new TaskScoring(
              new Forgetful<>(ModelBytes.read(folder.resolve("model"))),
              SegmentColumns.schema(List.of(), store.info().labels()),
              new ScoringOptions("id", "", List.of(), 2, "java", 1, ""),
              new ScoringOutput(OutputColumns.json("value"), List.of(), List.of(), null));
    }
    Forgetful<SharedStore> broadcast = new Forgetful<>(new SharedStore(file));
    Iterator<Row> rows =
        new StoreScoring(broadcast, scoring).call(LongStream.range(0, size).iterator());
    rows.next();

    broadcast.forget();
    collectGarbage();

    int scored = 1;
    while (rows.hasNext()) {
      rows.next();
      scored++;
    }
    assertThat(scored).isEqualTo(size).isGreaterThan(2);
  }

  /** Waits until unreachable objects are cleaned. */
  private static void collectGarbage() throws InterruptedException {
    Cleaner cleaner = Cleaner.create();
    for (int round = 0; round < 3; round++) {
      CountDownLatch cleaned = new CountDownLatch(1);
      cleaner.register(new Object(), cleaned::countDown);
      while (cleaned.getCount() > 0) {
        System.gc();
        Thread.onSpinWait();
      }
    }
  }
}
