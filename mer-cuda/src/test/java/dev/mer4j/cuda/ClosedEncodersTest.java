package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** GPU memory is freed when no pass uses it, and never used afterwards. */
@Timeout(60)
class ClosedEncodersTest {
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.1, 0), new GradientClipping(1));

  private final Trial trial = Trial.of(5, 3, 4, 1);
  private final Batch batch = trial.batch();
  private final Presence presence = batch.presence();

  @BeforeEach
  void requireEmulator() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  @Test
  void everyMethodThrowsAfterClose() {
    CudaEncoders encoders = open(EmulatedDriver.load());
    CudaNetwork network = new CudaNetwork(encoders, Trial.head(5));
    TrainingSession session = network.startTraining(OPTIONS, trial.batcher());
    assertThat(session.featurePlacement())
        .startsWith("the features of 3 segments are resident on the GPU");
    PerModality<float[]> states = encoders.forwardTraining(batch.sequences(), presence);
    AdamW.State state = session.optimizerState();
    encoders.close();
    encoders.close();
    encoders.prefetch(batch);
    float[] gradient = new float[trial.parameters().size()];
    SeedStream draws = new Seeds(1).stream("dropout");
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> encoders.forward(batch.sequences(), presence),
            () -> encoders.forwardTraining(batch.sequences(), presence),
            () -> encoders.backward(trial.upstream(), gradient),
            () -> encoders.openHead(Trial.head(5), Loss.UNWEIGHTED),
            encoders::times,
            () -> network.encode(batch.sequences(), presence),
            () -> network.infer(states, presence),
            () -> session.epoch(1, 0),
            () -> session.step(batch, presence, draws, 0.1),
            session::gradient,
            session::optimizerState,
            () -> session.restore(state))) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model is closed");
    }
    session.close();
    assertThatThrownBy(() -> network.startTraining(OPTIONS, trial.batcher()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model is closed");
  }

  @Test
  void closingWaitsForARunningPass() throws InterruptedException {
    PerModality<float[]> expected;
    try (CudaEncoders encoders = open(EmulatedDriver.load())) {
      expected = trial.states(encoders);
    }
    EmulatedDriver emulated = EmulatedDriver.load();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    CudaEncoders encoders = open(pausing(emulated, inside, proceed));
    CompletableFuture<PerModality<float[]>> pass =
        CompletableFuture.supplyAsync(() -> trial.states(encoders));
    inside.await();
    long allocated = emulated.mer_emulator_allocated();
    Thread closer = new Thread(encoders::close);
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(emulated.mer_emulator_allocated()).isEqualTo(allocated).isPositive();
    proceed.countDown();
    PerModality<float[]> found = pass.join();
    closer.join();
    for (Modality modality : Modality.MOSEI) {
      assertThat(found.get(modality)).isEqualTo(expected.get(modality));
    }
    assertThat(emulated.mer_emulator_allocated()).isZero();
  }

  @Test
  void unclosedEncodersAreFreedByGarbageCollection() {
    assertThat(trial.states(open(EmulatedDriver.load())).isEmpty()).isFalse();
    awaitRelease();
  }

  /** The parameters keep alive the GPU memory that has their values. */
  @Test
  void parametersOutliveUnclosedEncoders() {
    CudaEncoders encoders = open(EmulatedDriver.load());
    float[] before = trial.parameters().values().clone();
    TrainingSession session = trial.start(encoders, OPTIONS);
    session.step(batch, presence, new Seeds(1).stream("dropout"), 0.1);
    encoders = null;
    session = null;
    System.gc();
    assertThat(trial.parameters().values()).isNotEqualTo(before);
    awaitRelease();
  }

  /** Waits until garbage collection has freed the memory, which other tests would count. */
  private static void awaitRelease() {
    EmulatedDriver emulated = EmulatedDriver.load();
    while (emulated.mer_emulator_allocated() > 0) {
      System.gc();
    }
  }

  private CudaEncoders open(CudaDriver driver) {
    return new CudaBackend(() -> driver).open(Trial.WIDTHS.modalities(), trial.parameters());
  }

  /** Returns a driver whose streams complete only when {@code proceed} is counted down. */
  private static CudaDriver pausing(
      CudaDriver driver, CountDownLatch inside, CountDownLatch proceed) {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("cuStreamSynchronize")) {
                inside.countDown();
                proceed.await();
              }
              try {
                return method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void timesWaitForARunningPass() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    try (CudaNetwork network =
        new CudaNetwork(open(pausing(EmulatedDriver.load(), inside, proceed)), Trial.head(5))) {
      Thread pass = new Thread(() -> network.encode(batch.sequences(), presence));
      pass.start();
      inside.await();
      Thread reader = new Thread(network::times);
      reader.start();
      while (reader.getState() != Thread.State.BLOCKED
          && reader.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
      Thread.State found = reader.getState();
      proceed.countDown();
      pass.join();
      reader.join();
      assertThat(found).isEqualTo(Thread.State.BLOCKED);
    }
  }
}
