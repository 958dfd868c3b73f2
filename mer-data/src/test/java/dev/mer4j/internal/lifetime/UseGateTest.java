package dev.mer4j.internal.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UseGateTest {
  private final UseGate gate = new UseGate("the store");
  private final AtomicInteger releases = new AtomicInteger();

  @Test
  void rejectsUsesAfterClosing() {
    assertThat(gate.use(() -> 7)).isEqualTo(7);
    gate.close(releases::incrementAndGet);
    assertThatThrownBy(() -> gate.use(() -> 7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> gate.run(() -> {})).hasMessage("the store is closed");
    gate.runIfOpen(
        () -> {
          throw new AssertionError("it is closed");
        });
    gate.close(releases::incrementAndGet);
    assertThat(releases).hasValue(1);
  }

  @Test
  void closingWaitsForUsesAndAllowsReentrantUses() throws InterruptedException {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    Thread user =
        started(
            () ->
                gate.run(
                    () -> {
                      inside.countDown();
                      await(proceed);
                      gate.run(() -> events.add("used"));
                    }));
    inside.await();
    Thread closer = started(() -> gate.close(() -> events.add("released")));
    awaitWaiting(closer);
    assertThatThrownBy(() -> gate.run(() -> {})).hasMessage("the store is closed");
    Thread second = started(() -> gate.close(() -> events.add("released again")));
    awaitWaiting(second);
    proceed.countDown();
    for (Thread thread : List.of(user, closer, second)) {
      thread.join();
    }
    assertThat(events).containsExactly("used", "released");
  }

  @Test
  void interruptsDoNotEndAWaitAndAreKept() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    AtomicBoolean kept = new AtomicBoolean();
    Thread user =
        started(
            () ->
                gate.run(
                    () -> {
                      inside.countDown();
                      await(proceed);
                    }));
    inside.await();
    Thread closer =
        started(
            () -> {
              Thread.currentThread().interrupt();
              gate.close(releases::incrementAndGet);
              kept.set(Thread.interrupted());
            });
    awaitWaiting(closer);
    closer.interrupt();
    assertThat(releases).hasValue(0);
    proceed.countDown();
    user.join();
    closer.join();
    assertThat(releases).hasValue(1);
    assertThat(kept).isTrue();
  }

  @Test
  void closingFromInsideAUseFailsAndKeepsItOpen() {
    gate.run(
        () ->
            assertThatThrownBy(() -> gate.close(releases::incrementAndGet))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the store cannot be closed from inside a call"));
    gate.run(() -> {});
    gate.close(releases::incrementAndGet);
    assertThat(releases).hasValue(1);
  }

  @Test
  void aFailedUseEnds() {
    assertThatThrownBy(
            () ->
                gate.run(
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");
    gate.close(releases::incrementAndGet);
    assertThat(releases).hasValue(1);
  }

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
