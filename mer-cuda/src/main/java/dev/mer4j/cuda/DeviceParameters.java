package dev.mer4j.cuda;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A subset of a model's parameters on the GPU, and their gradient. They are copied again only if a
 * value changed on the host.
 */
final class DeviceParameters {
  private static final int ALIGNMENT = 64;

  private final DeviceModel model;
  private final long start;
  private final Map<ParameterView, Integer> offsets = new LinkedHashMap<>();
  private final int size;
  private final DeviceStream stream;
  private final PinnedBuffer sent;
  private final PinnedBuffer staging;
  private boolean stale = true;
  private boolean derived;

  /**
   * @param tensors the tensors of the subset
   * @param offset the number of values of the model before them
   */
  DeviceParameters(
      Device device,
      DeviceStream stream,
      List<ParameterView> tensors,
      DeviceModel model,
      int offset) {
    this.stream = stream;
    this.model = model;
    this.start = (long) offset * Float.BYTES;
    int next = 0;
    for (ParameterView tensor : tensors) {
      offsets.put(tensor, next);
      next += (tensor.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    size = next;
    sent = device.pinned("parameters");
    staging = device.pinned("gradients");
  }

  /** Returns the number of values including the padding between the tensors. */
  int size() {
    return size;
  }

  /** Returns the byte offset of a tensor in parameters and gradient. */
  long byteOffset(ParameterView tensor) {
    int offset = Objects.requireNonNull(offsets.get(tensor), tensor.name());
    return (long) offset * Float.BYTES;
  }

  long address(ParameterView tensor) {
    return model.address() + start + byteOffset(tensor);
  }

  /** Returns the address of the gradient. */
  long gradient() {
    return model.gradient() + start;
  }

  /**
   * Updates the GPU's copy, unless it is newer than the host's. The stream must be idle.
   *
   * @param derive recomputes data derived from the parameters, if any changed
   */
  void refresh(Runnable derive) {
    Parameters parameters = model.parameters();
    synchronized (parameters) {
      if (!parameters.isHeldBy(model)) {
        send(parameters.values());
      }
    }
    if (!derived) {
      derive.run();
      derived = true;
    }
  }

  /** Records that the parameters changed on the GPU, so that derived data is outdated. */
  void invalidateDerived() {
    derived = false;
  }

  private void send(float[] values) {
    FloatBuffer sentValues = sent.floats(size);
    boolean changed = stale;
    for (Map.Entry<ParameterView, Integer> each : offsets.entrySet()) {
      ParameterView tensor = each.getKey();
      FloatBuffer current = FloatBuffer.wrap(values, tensor.offset(), tensor.size());
      FloatBuffer previous = sentValues.slice(each.getValue(), tensor.size());
      if (stale || current.mismatch(previous) >= 0) {
        previous.put(current);
        changed = true;
      }
    }
    if (changed) {
      stale = true;
      derived = false;
      stream.upload(model.address() + start, sent, size);
      stale = false;
    }
  }

  /** Enqueues the copy of the values to the host, complete after synchronization. */
  void fetchValues() {
    sent.floats(size);
    stream.download(sent, model.address() + start, size);
  }

  /** Overwrites these tensors in an array [P] by the fetched values. */
  void readValues(float[] target) {
    read(sent, target);
  }

  /** Enqueues the copy of these tensors from an array with the model's layout to the host. */
  void fetch(long array) {
    staging.floats(size);
    stream.download(staging, array + start, size);
  }

  /** Enqueues the copy of the gradient to the host. */
  void fetchGradient() {
    fetch(model.gradient());
  }

  /** Overwrites these tensors in an array [P] by what was fetched. */
  void read(float[] target) {
    read(staging, target);
  }

  private void read(PinnedBuffer memory, float[] target) {
    FloatBuffer values = memory.floats(size);
    offsets.forEach((tensor, offset) -> values.get(offset, target, tensor.offset(), tensor.size()));
  }

  /** Copies these tensors from an array [P] to an array with the model's layout. */
  void write(float[] source, long array) {
    FloatBuffer values = staging.floats(size);
    offsets.forEach((tensor, offset) -> values.put(offset, source, tensor.offset(), tensor.size()));
    stream.upload(array + start, staging, size);
  }
}
