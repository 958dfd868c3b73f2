package dev.mer4j.core;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The program that {@link LifetimeTest} runs in a separate process, because a failure may crash the
 * JVM. It closes models while threads predict, and interrupts threads that predict, train and
 * close. It fails with an exception if a result is not bit-identical to the expected one.
 */
final class LifetimeTrial {
  private static final int USERS = 8;
  private static final int LONGEST_WAIT_NANOS = 3_000_000;
  private static final SegmentSet SEGMENTS = RandomSegments.of(9, 12, 1);

  private final String backend;
  private final SeedStream random = new Seeds(5).stream("moments");
  private final List<Prediction> predictions;
  private final String trained;

  private LifetimeTrial(String backend) {
    this.backend = backend;
    try (MultimodalModel model = RandomSegments.model(backend)) {
      predictions = model.predict(SEGMENTS).rows();
      trained = trained(model);
    }
  }

  /** Arguments: a backend, the number of models to close and the number of interrupts. */
  public static void main(String[] arguments) throws Exception {
    LifetimeTrial trial = new LifetimeTrial(arguments[0]);
    int closed = Integer.parseInt(arguments[1]);
    int interrupts = Integer.parseInt(arguments[2]);
    int results = trial.closeUnderLoad(closed);
    trial.interrupt(interrupts);
    System.out.printf(
        Locale.ROOT, "%d closed, %d results, %d interrupts%n", closed, results, interrupts);
  }

  private static String trained(MultimodalModel model) {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0), new GradientClipping(1));
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(5).build();
    try (TrainingSession session = model.startTraining(options, batches);
        PrefetchedBatches epoch = session.epoch(1, 0)) {
      while (epoch.hasNext()) {
        Batch batch = epoch.next();
        session.step(batch, batch.presence(), new Seeds(2).stream("dropout"), 0.01);
      }
    }
    return model.parameters().sha256();
  }

  /** Returns the number of predictions. */
  private int closeUnderLoad(int models) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(USERS);
    AtomicInteger results = new AtomicInteger();
    for (int m = 0; m < models; m++) {
      MultimodalModel model = RandomSegments.model(backend);
      CountDownLatch started = new CountDownLatch(1 + random.nextInt(2 * USERS));
      List<Future<?>> users = new ArrayList<>();
      for (int u = 0; u < USERS; u++) {
        users.add(threads.submit(() -> predictUntilClosed(model, started, results)));
      }
      started.await();
      LockSupport.parkNanos(random.nextInt(LONGEST_WAIT_NANOS) / 10);
      model.close();
      for (Future<?> user : users) {
        user.get();
      }
    }
    threads.shutdown();
    return results.get();
  }

  private void predictUntilClosed(
      MultimodalModel model, CountDownLatch started, AtomicInteger results) {
    while (true) {
      started.countDown();
      try {
        check(model.predict(SEGMENTS).rows().equals(predictions), "unexpected prediction");
        results.incrementAndGet();
      } catch (IllegalStateException e) {
        check("the model is closed".equals(e.getMessage()), "unexpected message: " + e);
        started.countDown();
        return;
      }
    }
  }

  private void interrupt(int interrupts) throws Exception {
    AtomicInteger interruptsSeen = new AtomicInteger();
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    CountDownLatch started = new CountDownLatch(1);
    Thread[] user = new Thread[1];
    Future<?> use =
        threads.submit(
            () -> {
              user[0] = Thread.currentThread();
              started.countDown();
              useWhileInterrupted(interruptsSeen, stopped);
            });
    started.await();
    for (int i = 1; i <= interrupts; i++) {
      LockSupport.parkNanos(random.nextInt(LONGEST_WAIT_NANOS));
      user[0].interrupt();
      while (interruptsSeen.get() < i && !use.isDone()) {
        Thread.onSpinWait();
      }
    }
    stopped.set(true);
    use.get();
    threads.shutdown();
    check(interruptsSeen.get() == interrupts, "an interrupt was lost");
  }

  /** Checks the interrupt flag only between models, so that a call that clears it is detected. */
  private void useWhileInterrupted(AtomicInteger interruptsSeen, AtomicBoolean stopped) {
    while (!stopped.get()) {
      try (MultimodalModel model = RandomSegments.model(backend)) {
        check(model.predict(SEGMENTS).rows().equals(predictions), "unexpected prediction");
        check(trained(model).equals(trained), "unexpected training result");
      }
      if (Thread.interrupted()) {
        interruptsSeen.incrementAndGet();
      }
    }
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
