package dev.mer4j.cuda;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.HeadMemory.Slot;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.internal.lifetime.UseGate;
import dev.mer4j.seed.SeedStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fusion head on the GPU. In the steps of a {@link CudaTrainingSession} the states and their
 * gradients stay there; in prediction the states pass through the host, 50 KB for 16 rows.
 */
final class CudaHead {
  private static final long NO_GRADIENTS = 0;

  private final UseGate gate;
  private final Device device;
  private final DeviceStream stream;
  private final HeadShape shape;
  private final Parameters model;
  private final Loss loss;
  private final int attention;
  private final HeadKernels kernels;
  private final DeviceParameters parameters;
  private final HeadMemory memory;
  private final PinnedBuffer staging;

  CudaHead(
      UseGate gate,
      Device device,
      DeviceStream stream,
      HeadKernels kernels,
      HeadShape shape,
      DeviceModel model,
      Loss loss) {
    this.gate = gate;
    this.device = device;
    this.stream = stream;
    this.shape = shape;
    this.model = model.parameters();
    this.loss = loss;
    this.attention = shape.fusion() instanceof Fusion.Attention a ? a.width() : 0;
    this.kernels = kernels;
    this.parameters = model.head();
    this.memory = new HeadMemory(device, shape, attention);
    this.staging = device.pinned("the head's states");
  }

  private CudaHead(CudaHead other, Loss loss) {
    this.gate = other.gate;
    this.device = other.device;
    this.stream = other.stream;
    this.shape = other.shape;
    this.model = other.model;
    this.loss = loss;
    this.attention = other.attention;
    this.kernels = other.kernels;
    this.parameters = other.parameters;
    this.memory = other.memory;
    this.staging = other.staging;
  }

  /** Returns a head with another loss that shares the memory of this one. */
  CudaHead withLoss(Loss other) {
    return new CudaHead(this, other);
  }

  /** Returns why the kernels do not support a head; empty if they do. */
  static Optional<String> unsupportedReason(HeadShape shape) {
    if (shape.fusion() instanceof Fusion.Additive) {
      return Optional.of("the GPU has no kernels for additive fusion");
    }
    return shape.fusion() instanceof Fusion.AttentionSum
        ? Optional.of("the GPU has no kernels for a weighted sum by attention")
        : Optional.empty();
  }

  HeadShape shape() {
    return shape;
  }

  /** Runs the head without dropout, as {@link Head#infer}. */
  Head.Output infer(PerModality<float[]> states, Presence presence) {
    return gate.use(() -> run(states, presence));
  }

  private Head.Output run(PerModality<float[]> states, Presence presence) {
    int batch = presence.size();
    float[] noDropout = new float[batch * shape.width()];
    Arrays.fill(noDropout, 1);
    upload(states, presence, new float[batch * shape.classes()], noDropout);
    Arguments head = arguments(batch, memory.address(Slot.STATES), NO_GRADIENTS);
    kernels.forward(shape, batch, attention > 0, head);
    FloatBuffer results = fetch();
    stream.synchronize();
    return new Head.Output(
        read(results, Slot.LOGITS, batch * shape.classes()),
        read(results, Slot.PROBABILITIES, batch * shape.classes()),
        read(results, Slot.WEIGHTS, batch * shape.modalities().size()));
  }

  /**
   * Enqueues forward and backward for states on the GPU. Losses, gradients and the states'
   * gradients stay there too.
   *
   * @param states the address of the states [M, B, N]
   * @param stateGradients the address that receives their gradients
   */
  void differentiate(
      long states, long stateGradients, Presence presence, float[] targets, SeedStream draws) {
    int batch = presence.size();
    upload(null, presence, targets, shape.dropoutFactors(batch, draws));
    Arguments head = arguments(batch, states, stateGradients);
    kernels.forward(shape, batch, attention > 0, head);
    kernels.backward(shape, batch, head);
  }

  /** Returns the address of each row's part of the latest loss [B]. */
  long losses() {
    return memory.address(Slot.LOSSES);
  }

  /**
   * Copies the inputs of the kernels to the GPU.
   *
   * @param states the states; null if they are on the GPU
   */
  private void upload(
      @Nullable PerModality<float[]> states, Presence presence, float[] targets, float[] dropout) {
    device.use();
    memory.allocate(presence.size());
    parameters.refresh(() -> {});
    Slot first = states == null ? Slot.PRESENCE : Slot.STATES;
    int start = memory.offset(first);
    int values = memory.offset(Slot.LOGITS) - start;
    FloatBuffer inputs = staging.floats(values);
    if (states != null) {
      for (Modality modality : shape.modalities()) {
        inputs.put(states.get(modality));
      }
    }
    inputs.put(memory.offset(Slot.PRESENCE) - start, shape.mask(presence));
    inputs.put(memory.offset(Slot.DROPOUT) - start, dropout);
    inputs.put(memory.offset(Slot.TARGETS) - start, targets);
    for (int c = 0; c < shape.classes(); c++) {
      float weight = loss.weights().get(c).floatValue();
      inputs.put(memory.offset(Slot.CLASS_WEIGHTS) - start + c, weight);
    }
    stream.upload(memory.address(first), staging, values);
  }

  /** Returns the argument of the kernels. */
  private Arguments arguments(int batch, long states, long stateGradients) {
    return new HeadArguments(shape, model, parameters, memory, attention)
        .of(batch, (float) loss.focalGamma(), states, stateGradients);
  }

  /**
   * Enqueues the copy of logits, probabilities and weights to the host, complete after
   * synchronization.
   */
  private FloatBuffer fetch() {
    int values = memory.offset(Slot.LOSSES) - memory.offset(Slot.LOGITS);
    FloatBuffer results = staging.floats(values);
    stream.download(staging, memory.address(Slot.LOGITS), values);
    return results;
  }

  private float[] read(FloatBuffer results, Slot slot, int count) {
    float[] values = new float[count];
    results.get(memory.offset(slot) - memory.offset(Slot.LOGITS), values);
    return values;
  }
}
