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
 * Measures a gradient on the GPU, as {@link GradientClipping} does, and adds up the loss: what the
 * host learns of a step, and what the GPU decides by whether it is taken.
 */
final class GradientNorm {
  private static final int BLOCKS = 128;
  private static final int THREADS = 256;
  private static final int WARP = 32;
  private static final int FOUND = 3;

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

  /** Makes room. */
  void fit() {
    memory.ensure((FOUND + BLOCKS) * (Double.BYTES / Float.BYTES));
    received.doubles(FOUND);
  }

  /** The address of norm, scale and loss, in double precision. */
  long found() {
    return memory.address();
  }

  /**
   * Puts the measuring in the stream.
   *
   * @param losses the address of each row's share of the loss [B]
   */
  void measure(DeviceModel model, GradientClipping clipping, long losses, int batch) {
    long partials = found() + FOUND * Double.BYTES;
    squareSums.launch(
        stream,
        new Launch(BLOCKS, 1, 1, THREADS),
        new Arguments().address(model.gradient()).number(model.size()).address(partials));
    clip.launch(
        stream,
        new Launch(1, 1, 1, WARP),
        new Arguments()
            .address(partials)
            .doubleReal(clipping.maxNorm())
            .address(losses)
            .number(batch)
            .address(found()));
  }

  /** Waits for all that is in the stream, and tells what was found. */
  StepResult await() {
    DoubleBuffer values = received.doubles(FOUND);
    stream.download(received, found(), FOUND * (Double.BYTES / Float.BYTES));
    stream.synchronize();
    return new StepResult(values.get(2), values.get(0), values.get(1) < 1);
  }
}
