package dev.mer4j.cuda;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.HeadMemory.Slot;
import dev.mer4j.cuda.driver.Arguments;
import dev.mer4j.cuda.driver.Device;
import dev.mer4j.cuda.driver.DeviceStream;
import dev.mer4j.cuda.driver.PinnedBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The fusion head on the GPU. States and their gradients pass through the host: for 16 rows that is
 * 50 KB each way.
 */
final class CudaHead implements Head {
  /** C that the kernels take: the emotions, and those with "none" beside them. */
  static final Set<Integer> CLASSES = Set.of(6, 7);

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
      Device device,
      DeviceStream stream,
      HeadKernels kernels,
      HeadShape shape,
      Parameters parameters,
      Loss loss) {
    this.device = device;
    this.stream = stream;
    this.shape = shape;
    this.model = parameters;
    this.loss = loss;
    this.attention = shape.fusion() instanceof Fusion.Attention a ? a.width() : 0;
    this.kernels = kernels;
    this.parameters =
        new DeviceParameters(device, stream, HeadParameters.views(parameters), parameters);
    this.memory = new HeadMemory(device, shape, attention);
    this.staging = device.pinned("the head's states");
  }

  private CudaHead(CudaHead other, Loss loss) {
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

  /** The same head, in the same memory, with another loss. */
  CudaHead with(Loss other) {
    return new CudaHead(this, other);
  }

  HeadShape shape() {
    return shape;
  }

  @Override
  public Output infer(Map<Modality, float[]> states, Presence presence) {
    int batch = presence.size();
    float[] keepAll = new float[batch * shape.width()];
    Arrays.fill(keepAll, 1);
    Arguments head = begin(states, presence, new float[batch * shape.classes()], keepAll);
    kernels.forward(shape, batch, attention > 0, head);
    FloatBuffer results = fetch(Slot.LOSSES);
    stream.synchronize();
    return new Output(
        read(results, Slot.LOGITS, batch * shape.classes()),
        read(results, Slot.PROBABILITIES, batch * shape.classes()),
        read(results, Slot.WEIGHTS, batch * shape.modalities().size()));
  }

  @Override
  public double train(
      Map<Modality, float[]> states,
      Presence presence,
      float[] targets,
      SeedStream draws,
      float[] gradient,
      Map<Modality, float[]> stateGradients) {
    int batch = presence.size();
    Arguments head = begin(states, presence, targets, shape.dropped(batch, draws));
    kernels.forward(shape, batch, attention > 0, head);
    kernels.backward(shape, batch, head);
    parameters.fetchGradient();
    FloatBuffer results = fetch(Slot.KEYS);
    stream.synchronize();
    parameters.readGradient(gradient);
    int next = memory.offset(Slot.STATE_GRADIENTS) - memory.offset(Slot.LOGITS);
    for (Modality modality : shape.modalities()) {
      float[] own = new float[batch * shape.stateWidth()];
      results.get(next, own);
      stateGradients.put(modality, own);
      next += own.length;
    }
    double sum = 0;
    for (float share : read(results, Slot.LOSSES, batch)) {
      sum += share;
    }
    return sum;
  }

  /** Sends what the kernels need, and returns the structure that they take. */
  private Arguments begin(
      Map<Modality, float[]> states, Presence presence, float[] targets, float[] dropout) {
    device.use();
    parameters.refresh(() -> {});
    memory.fit(presence.size());
    int values = memory.offset(Slot.LOGITS);
    FloatBuffer inputs = staging.floats(values);
    for (Modality modality : shape.modalities()) {
      inputs.put(Objects.requireNonNull(states.get(modality), () -> "no " + modality.key()));
    }
    inputs.put(memory.offset(Slot.PRESENCE), shape.mask(presence));
    inputs.put(memory.offset(Slot.DROPOUT), dropout);
    inputs.put(memory.offset(Slot.TARGETS), targets);
    for (int c = 0; c < shape.classes(); c++) {
      inputs.put(memory.offset(Slot.CLASS_WEIGHTS) + c, loss.weights().get(c).floatValue());
    }
    stream.upload(memory.address(Slot.STATES), staging, values);
    return new HeadArguments(shape, model, parameters, memory, attention)
        .of(presence.size(), (float) loss.focus());
  }

  /** Asks for the results up to a slot; they are there when the stream is done. */
  private FloatBuffer fetch(Slot end) {
    int values = memory.offset(end) - memory.offset(Slot.LOGITS);
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
