package dev.mer4j.cuda.kernel;

import com.sun.jna.Memory;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs the kernels of a fusion head. */
final class HeadRun implements AutoCloseable {
  private static final int MAX_MODALITIES = 8;
  private static final int THREADS = 256;

  private final EmulatedGpu gpu = EmulatedGpu.open();
  private final HeadShape shape;
  private final Loss loss;
  private final Parameters parameters;
  private final int batch;
  private final int attention;
  private final long values;
  private final long gradient;
  private final int modalities;
  private final long[] states = new long[MAX_MODALITIES];
  private final long[] stateGradients = new long[MAX_MODALITIES];
  private final long presence;
  private final long targets;
  private final long classWeights;
  private final long[] work;
  private Memory head = new Memory(1);

  HeadRun(
      HeadShape shape,
      Loss loss,
      Parameters parameters,
      PerModality<float[]> states,
      Presence presence,
      float[] targets) {
    this.shape = shape;
    this.loss = loss;
    this.parameters = parameters;
    modalities = shape.modalities().size();
    batch = presence.size();
    attention = shape.fusion() instanceof Fusion.Attention a ? a.width() : 0;
    values = gpu.put(parameters.values());
    gradient = gpu.allocate(parameters.size());
    float[] mask = new float[batch * modalities];
    for (Modality modality : shape.modalities()) {
      int m = shape.modalities().indexOf(modality);
      this.states[m] = gpu.put(states.get(modality));
      stateGradients[m] = gpu.allocate((long) batch * shape.stateWidth());
      for (int b = 0; b < batch; b++) {
        mask[b * modalities + m] = presence.has(b, modality) ? 1 : 0;
      }
    }
    this.presence = gpu.put(mask);
    this.targets = gpu.put(targets);
    float[] weights = new float[shape.classes()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = loss.weights().get(c).floatValue();
    }
    classWeights = gpu.put(weights);
    int joined = modalities * shape.stateWidth();
    int keys = modalities * attention;
    int classes = shape.classes();
    // In the order of the structure: keys to losses, then gradients.
    work =
        Arrays.stream(
                new int[] {
                  keys,
                  modalities,
                  modalities,
                  joined,
                  shape.width(),
                  classes,
                  classes,
                  1,
                  keys,
                  modalities,
                  classes,
                  shape.width(),
                  joined
                })
            .mapToLong(width -> gpu.allocate((long) batch * width))
            .toArray();
  }

  /** Sets the order of threads, see {@link EmulatedGpu#order}. */
  void order(int seed) {
    gpu.order(seed);
  }

  /** Runs forward, up to the gradients of the logits and the hidden layer. */
  void forward(float @Nullable [] dropout) {
    Struct struct = new Struct(632);
    tensors(struct, values);
    tensors(struct, gradient);
    struct.pointers(states).pointers(stateGradients);
    struct.pointers(presence, dropout == null ? 0 : gpu.put(dropout), targets, classWeights);
    struct.pointers(work);
    struct.ints(batch, modalities, shape.stateWidth(), shape.width(), attention);
    struct.ints(shape.task() == Task.MULTI_LABEL ? 1 : 0);
    struct.ints(Float.floatToIntBits((float) loss.focalGamma()), shape.classes());
    head = struct.memory();
    if (attention > 0) {
      launch("mer_head_keys", modalities, batch);
    }
    launch("mer_head_join", batch, 1);
    launch("mer_head_hidden", (shape.width() + 7) / 8, (batch + 15) / 16);
    int shared = 3 * shape.classes() * Float.BYTES;
    gpu.launch("mer_head_loss", new int[] {batch, 1, 1}, THREADS, shared, head);
  }

  void backward() {
    int joined = modalities * shape.stateWidth();
    launch("mer_head_join_gradients", (joined + THREADS - 1) / THREADS, (batch + 3) / 4);
    launch("mer_head_state_gradients", batch, 1);
    launch("mer_head_gradients", 5, 1);
  }

  private void launch(String kernel, int x, int y) {
    gpu.launch(kernel, new int[] {x, y, 1}, THREADS, 0, head);
  }

  private void tensors(Struct struct, long buffer) {
    struct.pointers(
        at(buffer, "head.0.weight"),
        at(buffer, "head.0.bias"),
        at(buffer, "head.3.weight"),
        at(buffer, "head.3.bias"));
    for (String tensor : new String[] {"weight", "bias"}) {
      for (int m = 0; m < MAX_MODALITIES; m++) {
        struct.pointers(
            attention > 0 && m < modalities
                ? at(buffer, "attention." + shape.modalities().get(m).key() + "." + tensor)
                : 0);
      }
    }
    struct.pointers(attention > 0 ? at(buffer, "attention.score.weight") : 0);
  }

  private long at(long buffer, String tensor) {
    return buffer + (long) parameters.view(tensor).offset() * Float.BYTES;
  }

  float[] weights() {
    return gpu.floats(work[1], batch * modalities);
  }

  float[] logits() {
    return gpu.floats(work[5], batch * shape.classes());
  }

  float[] probabilities() {
    return gpu.floats(work[6], batch * shape.classes());
  }

  double loss() {
    double sum = 0;
    for (float share : gpu.floats(work[7], batch)) {
      sum += share;
    }
    return sum;
  }

  float[] stateGradients(Modality modality) {
    return gpu.floats(
        stateGradients[shape.modalities().indexOf(modality)], batch * shape.stateWidth());
  }

  float[] gradient() {
    return gpu.floats(gradient, parameters.size());
  }

  @Override
  public void close() {
    gpu.close();
  }
}
