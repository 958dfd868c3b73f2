package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.NativeBytes;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.train.history.EpochRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures memory over a long run of varying shapes, with checkpoints and validations: {@code mvn
 * -Psoak verify -pl mer-train -am}. The results are in {@code target/soak.csv}.
 */
@Tag("soak")
class SoakTest {
  private static final int STEPS = 6000;
  private static final TrainingSplit TRAIN = Toys.training("train", 400);
  private static final ValidationSplit VALID = Toys.validation("valid", 40);

  @TempDir Path folder;

  /** The memory after an epoch, in bytes. */
  private record Sample(int steps, long process, long nativeBuffers, long heap) {
    static Sample after(int steps) {
      return new Sample(steps, NativeBytes.ofProcess(), NativeBytes.allocated(), settledHeap());
    }

    /** Collects twice, because objects queued for a deallocator survive the first collection. */
    private static long settledHeap() {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 10; i++) {
        System.gc();
        least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
      return least;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d,%d,%d,%d", steps, process >> 10, nativeBuffers >> 10, heap >> 10);
    }
  }

  @Test
  void memoryIsStableOverManySteps() throws IOException {
    List<Sample> samples = new ArrayList<>();
    TrainingListener watcher =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochRecord epoch, boolean best) {
            if (epoch.epoch() % 5 == 0) {
              samples.add(Sample.after(epoch.epoch() * epoch.steps()));
            }
          }
        };
    int epochs = STEPS / 100;
    TrainerConfig config =
        TrainerConfig.builder().epochs(epochs).batchSize(4).checkpointEvery(5).build();
    try (MultimodalModel model = Toys.model()) {
      Trainer.builder()
          .config(config)
          .checkpoints(folder)
          .listener(watcher)
          .build()
          .fit(model, TRAIN, VALID);
    }
    List<String> lines = new ArrayList<>(List.of("steps,process_kib,native_kib,heap_kib"));
    samples.forEach(sample -> lines.add(sample.toString()));
    Files.write(Path.of("target/soak.csv"), lines);

    Sample warm = samples.get(1);
    Sample last = samples.get(samples.size() - 1);
    assertThat(last.steps()).isGreaterThanOrEqualTo(5000);
    // The heap also holds 50 more epochs of history, compiled code and the JDK's caches.
    assertThat(last.heap() - warm.heap()).as("heap growth").isLessThan(4 << 20);
    assertThat(last.nativeBuffers() - warm.nativeBuffers()).as("buffers").isLessThan(1 << 20);
    assertThat(last.process() - warm.process()).as("process growth").isLessThan(64 << 20);
  }
}
