package dev.mer4j.cuda;

import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.KernelModule;

/** The kernels of the fusion head, which have the same argument. */
final class HeadKernels {
  private static final int THREADS = 256;

  /** The arrays [C] of {@code mer_head_loss} in shared memory. */
  private static final int LOSS_ARRAYS = 3;

  private final DeviceStream stream;
  private final Kernel keys;
  private final Kernel join;
  private final Kernel hidden;
  private final Kernel loss;
  private final Kernel joinGradients;
  private final Kernel stateGradients;
  private final Kernel gradients;

  HeadKernels(KernelModule module, DeviceStream stream) {
    this.stream = stream;
    keys = module.kernel("mer_head_keys");
    join = module.kernel("mer_head_join");
    hidden = module.kernel("mer_head_hidden");
    loss = module.kernel("mer_head_loss");
    joinGradients = module.kernel("mer_head_join_gradients");
    stateGradients = module.kernel("mer_head_state_gradients");
    gradients = module.kernel("mer_head_gradients");
  }

  /** Enqueues the forward pass, from states to probabilities and losses. */
  void forward(HeadShape shape, int batch, boolean attention, Arguments head) {
    if (attention) {
      launch(keys, shape.modalities().size(), batch, head);
    }
    launch(join, batch, 1, head);
    launch(hidden, parts(shape.width(), 8), parts(batch, 16), head);
    int shared = LOSS_ARRAYS * shape.classes() * Float.BYTES;
    loss.launch(stream, new Launch(batch, 1, 1, THREADS, shared), head);
  }

  /** Enqueues the backward pass, from losses to the gradients of parameters and states. */
  void backward(HeadShape shape, int batch, Arguments head) {
    launch(joinGradients, parts(shape.fusedWidth(), THREADS), parts(batch, 4), head);
    launch(stateGradients, batch, 1, head);
    launch(gradients, THREADS, 1, head);
  }

  private void launch(Kernel kernel, int x, int y, Arguments head) {
    kernel.launch(stream, new Launch(x, y, 1, THREADS), head);
  }

  private static int parts(int values, int each) {
    return (values + each - 1) / each;
  }
}
