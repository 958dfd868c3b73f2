package dev.mer4j.cuda;

import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.KernelModule;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import java.nio.DoubleBuffer;

/**
 * Computes the norm and clipping factor of a gradient on the GPU, as {@link GradientClipping}, and
 * the sum of the loss. The GPU skips the update if they are not finite, and the host reads them as
 * the result of the step.
 */
final class GradientNorm {
  private static final int BLOCKS = 128;
  private static final int THREADS = 256;
  private static final int WARP = 32;
  private static final int RESULTS = 3;

  private final DeviceStream stream;
  private final Kernel squareSums;
  private final Kernel clip;
  private final DeviceBuffer memory;
  private final PinnedBuffer received;

  GradientNorm(Device device, DeviceStream stream, KernelModule module) {
    this.stream = stream;
    squareSums = module.kernel("mer_square_sums");
    clip = module.kernel("mer_clip");
    memory = device.buffer("the gradient's norm");
    received = device.pinned("the gradient's norm");
  }

  /** Allocates the memory. */
  void allocate() {
    memory.ensure((RESULTS + BLOCKS) * (Double.BYTES / Float.BYTES));
    received.doubles(RESULTS);
  }

  /** Returns the address of norm, scale and loss, in double precision. */
  long results() {
    return memory.address();
  }

  /**
   * Enqueues the computation.
   *
   * @param losses the address of each row's part of the loss [B]
   */
  void compute(DeviceModel model, GradientClipping clipping, long losses, int batch) {
    long partials = results() + RESULTS * Double.BYTES;
    squareSums.launch(
        stream,
        new Launch(BLOCKS, 1, 1, THREADS),
        new Arguments().address(model.gradient()).intValue(model.size()).address(partials));
    clip.launch(
        stream,
        new Launch(1, 1, 1, WARP),
        new Arguments()
            .address(partials)
            .doubleValue(clipping.maxNorm())
            .address(losses)
            .intValue(batch)
            .address(results()));
  }

  /** Waits for the stream and returns the result. */
  StepResult await() {
    DoubleBuffer values = received.doubles(RESULTS);
    stream.download(received, results(), RESULTS * (Double.BYTES / Float.BYTES));
    stream.synchronize();
    return new StepResult(values.get(2), values.get(0), values.get(1) < 1);
  }
}
