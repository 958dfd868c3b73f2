package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TestSegments;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreLifetimeTest {
  private static final int WIDTH = 100;
  private static final SegmentList SEGMENTS = TestSegments.random(30, 3);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeStore() {
    file = folder.resolve("x.store");
    SmallStores.write(file, SEGMENTS);
  }

  @Test
  void everyMethodThrowsAfterClosing() {
    SegmentStore store = SegmentStore.open(file);
    SegmentSet all = store.allSegments();
    SegmentSet train = store.training();
    store.close();

    List<ThrowingCallable> methods =
        List.of(
            store::info,
            store::widths,
            store::standardization,
            store::allSegments,
            () -> store.split(Split.NONE),
            store::training,
            store::validation,
            store::test,
            () -> store.find(new SegmentId("v0", 0)),
            () -> store.splitOf(0),
            store::verify,
            all::size,
            all::widths,
            () -> all.info(0),
            () -> all.read(0, Modality.TEXT, new float[999], 0),
            train::size);
    for (ThrowingCallable method : methods) {
      assertThatThrownBy(method)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the store is closed: " + file);
    }
    store.close();
    assertThat(store.path()).isEqualTo(file);
  }

  @Test
  void closingDuringReadsLetsThemFinishOrThrow() throws Exception {
    SegmentStore store = SegmentStore.open(file);
    SegmentSet all = store.allSegments();
    CountDownLatch reading = new CountDownLatch(3);
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    // The common pool may have a single thread, and every reader must run.
    ExecutorService threads = Executors.newFixedThreadPool(3);
    for (int reader = 0; reader < 3; reader++) {
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int round = 0; true; round++) {
                  int segment = round % SEGMENTS.size();
                  float[] values;
                  try {
                    values = text(all, segment);
                  } catch (IllegalStateException e) {
                    assertThat(e).hasMessageStartingWith("the store is closed");
                    return;
                  }
                  assertThat(values).isEqualTo(text(SEGMENTS, segment));
                  if (round == 50) {
                    reading.countDown();
                  }
                }
              },
              threads));
    }
    threads.shutdown();
    reading.await();
    store.close();
    CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).get();
  }

  @Test
  void anInterruptedThreadReadsAndTheStoreStaysOpen() {
    try (SegmentStore store = SegmentStore.open(file)) {
      Thread.currentThread().interrupt();
      assertThat(text(store.allSegments(), 0)).isEqualTo(text(SEGMENTS, 0));
      store.verify();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(text(store.allSegments(), 0)).isEqualTo(text(SEGMENTS, 0));
    }
  }

  @Test
  void anInterruptedThreadOpensAStore() {
    Thread.currentThread().interrupt();
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.allSegments().size()).isEqualTo(SEGMENTS.size());
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptsDuringReadsHaveNoEffect() throws Exception {
    try (SegmentStore store = SegmentStore.open(file)) {
      AtomicBoolean enough = new AtomicBoolean();
      CountDownLatch reading = new CountDownLatch(1);
      CompletableFuture<Boolean> outcome = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                try {
                  boolean interrupted = false;
                  while (!(enough.get() && interrupted)) {
                    assertThat(text(store.allSegments(), 0)).isEqualTo(text(SEGMENTS, 0));
                    reading.countDown();
                    interrupted |= Thread.interrupted();
                  }
                  outcome.complete(true);
                } catch (Throwable e) {
                  outcome.completeExceptionally(e);
                }
              });
      reader.start();
      reading.await();
      for (int i = 0; i < 2000; i++) {
        reader.interrupt();
      }
      enough.set(true);
      reader.interrupt();
      assertThat(outcome.get()).isTrue();
      assertThat(text(store.allSegments(), 0)).isEqualTo(text(SEGMENTS, 0));
    }
  }

  @ParameterizedTest(name = "to {0} bytes")
  @ValueSource(ints = {0, 16, 100, 4097})
  void truncatingTheOpenFileRaisesAnErrorWithItsName(int bytes) throws IOException {
    try (SegmentStore store = SegmentStore.open(file)) {
      truncate(bytes);
      SegmentSet all = store.allSegments();
      assertThatThrownBy(store::verify)
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith(file + ": is truncated: no byte at offset ")
          .hasMessageEndingWith("prepare the data again");
      int last = lastWithText();
      assertThatThrownBy(() -> text(all, last))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith(file + ": is truncated: no byte at offset ");
    }
  }

  @Test
  void anOpenFileIsReadUnchangedAfterItsReplacement() throws IOException {
    try (SegmentStore store = SegmentStore.open(file)) {
      SmallStores.write(file, TestSegments.random(5, 77));
      assertThat(text(store.allSegments(), 0)).isEqualTo(text(SEGMENTS, 0));
      Files.delete(file);
      store.verify();
    }
  }

  @ParameterizedTest(name = "{0} steps of 100 features")
  @ValueSource(ints = {163, 164, 327, 328, 1000})
  void readsRecordsLongerThanAChunk(int steps) {
    float[] values = new float[steps * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2048;
    }
    SegmentList one = SegmentList.of(List.of(segment(new Features(steps, WIDTH, values))));
    for (Precision precision : Precision.values()) {
      SmallStores.write(file, one, precision);
      try (SegmentStore store = SegmentStore.open(file)) {
        float[] read = new float[values.length + 3];
        store.allSegments().read(0, Modality.TEXT, read, 3);
        assertThat(Arrays.copyOfRange(read, 3, read.length)).isEqualTo(values);
        store.verify();
      }
    }
  }

  private static Segment segment(Features text) {
    return new Segment(
        new SegmentId("long", 0),
        0,
        1,
        SEGMENTS.info(0).scores(),
        PerModality.of(Modality.TEXT, text));
  }

  private void truncate(long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private static int lastWithText() {
    int last = SEGMENTS.size() - 1;
    while (SEGMENTS.info(last).steps(Modality.TEXT) == 0) {
      last--;
    }
    return last;
  }

  private static float[] text(SegmentSet segments, int segment) {
    if (!segments.info(segment).modalities().contains(Modality.TEXT)) {
      return new float[0];
    }
    int width = segments.widths().get(Modality.TEXT);
    float[] values = new float[segments.info(segment).steps(Modality.TEXT) * width];
    segments.read(segment, Modality.TEXT, values, 0);
    return values;
  }
}
