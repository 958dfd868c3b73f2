package dev.mer4j.core.internal.cpu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  /** Throws a checked exception that the caller does not declare, as other JVM languages do. */
  @SuppressWarnings("unchecked") // the type of the exception is erased
  private static <E extends Exception> void fail(Exception failure) throws E {
    throw (E) failure;
  }

  @Test
  void aTaskThatThrowsACheckedExceptionEndsTheCall() {
    List<Workers.Task> tasks =
        List.of(
            new Workers.Task(2, () -> WorkersTest.<RuntimeException>fail(new IOException("disk"))),
            new Workers.Task(1, () -> {}));

    for (Workers workers : List.of(new Workers(2), Workers.shared(2), Workers.perCall(2))) {
      try (workers) {
        assertThatThrownBy(() -> workers.run(tasks))
            .isInstanceOf(MerException.class)
            .hasMessage("a task failed: disk")
            .hasCauseInstanceOf(IOException.class);
      }
    }
  }
}
