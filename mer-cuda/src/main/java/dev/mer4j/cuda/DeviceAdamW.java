package dev.mer4j.cuda;

import dev.mer4j.MerException;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.KernelModule;
import java.util.Locale;

/** {@link AdamW} and its moments on the GPU. */
final class DeviceAdamW {
  private static final int THREADS = 256;

  private final DeviceStream stream;
  private final DeviceModel model;
  private final Kernel kernel;
  private final DeviceBuffer mean;
  private final DeviceBuffer square;
  private int step;

  DeviceAdamW(Device device, DeviceStream stream, KernelModule module, DeviceModel model) {
    this.stream = stream;
    this.model = model;
    this.kernel = module.kernel("mer_adamw");
    this.mean = device.buffer("AdamW's means");
    this.square = device.buffer("AdamW's squares");
  }

  /** Allocates the moments and sets them to zero; called first. */
  void reset() {
    step = 0;
    stream.clear(mean.ensure(model.size()), model.size());
    stream.clear(square.ensure(model.size()), model.size());
  }

  /**
   * Enqueues an update of the parameters, which has no effect if the result of {@link GradientNorm}
   * is not finite.
   */
  void update(long norm, AdamW.Rates rates, double learningRate) {
    AdamW.Factors factors = rates.factors(step + 1, learningRate);
    Arguments arguments =
        new Arguments()
            .address(model.address())
            .address(model.gradient())
            .address(mean.address())
            .address(square.address())
            .intValue(model.size())
            .address(norm)
            .floatValue(factors.decay())
            .floatValue(factors.stepSize())
            .floatValue(factors.correction());
    int blocks = (model.size() + THREADS - 1) / THREADS;
    kernel.launch(stream, new Launch(blocks, 1, 1, THREADS), arguments);
    model.updated();
  }

  /** Counts a finite step. */
  void countStep() {
    step++;
  }

  AdamW.State state() {
    return new AdamW.State(step, model.copyOf(mean.address()), model.copyOf(square.address()));
  }

  void restore(AdamW.State state) {
    requireSize(state.mean().length);
    requireSize(state.square().length);
    model.write(state.mean(), mean.address());
    model.write(state.square(), square.address());
    step = state.step();
  }

  private void requireSize(int size) {
    int own = model.parameters().size();
    if (size != own) {
      throw new MerException(
          String.format(Locale.ROOT, "the optimizer has %d parameters, found %d", own, size));
    }
  }
}
