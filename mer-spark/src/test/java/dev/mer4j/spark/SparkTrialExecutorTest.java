package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stops trials whose training ends only when it is interrupted. */
@Timeout(120)
class SparkTrialExecutorTest {
  private static final TrialTask TASK = new TrialTask("setting", 1, "folder");

  /** Tasks run in this JVM, so that they share these fields. */
  private static CountDownLatch started = new CountDownLatch(1);

  private static CountDownLatch interrupted = new CountDownLatch(1);

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(Sessions.local().sparkContext());
  private final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void reset() {
    started = new CountDownLatch(1);
    interrupted = new CountDownLatch(1);
  }

  private static boolean train(TrialTask task, int threads) {
    started.countDown();
    try {
      new CountDownLatch(1).await();
      return true;
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new MerException("interrupted", e);
    }
  }

  private static final class NoFingerprints implements TrialExecutor {
    @Override
    public Fingerprint fingerprint(TrialTask task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean train(TrialTask task, Cancellation cancellation) {
      throw new UnsupportedOperationException();
    }
  }

  /** A training that another thread waits for. */
  private final class Training {
    private final FutureTask<Boolean> result;
    private final Thread thread;

    Training() throws InterruptedException {
      TrialExecutor executor =
          new SparkTrialExecutor(context, new NoFingerprints(), SparkTrialExecutorTest::train);
      Callable<Boolean> call = () -> executor.train(TASK, cancellation);
      result = new FutureTask<>(call);
      thread = new Thread(result);
      thread.start();
      started.await();
    }

    boolean get() throws InterruptedException, ExecutionException {
      boolean trained = result.get();
      interrupted.await();
      return trained;
    }
  }

  @Test
  void aCancelledTrialIsInterruptedAndNotTrained() throws Exception {
    Training training = new Training();

    cancellation.cancel();

    assertThat(training.get()).isFalse();
  }

  @Test
  void anInterruptStopsTheTrial() throws Exception {
    Training training = new Training();

    training.thread.interrupt();

    assertThatThrownBy(training::get).hasCauseInstanceOf(InterruptedException.class);
    interrupted.await();
  }

  @Test
  void aJobThatSparkCancelsIsAnError() throws Exception {
    Training training = new Training();

    context.cancelAllJobs();

    assertThatThrownBy(training::get)
        .cause()
        .isInstanceOf(MerException.class)
        .hasMessageStartingWith("Spark: ")
        .hasMessageContaining("cancel");
    interrupted.await();
  }
}
