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
 * Some of a model's parameters on the GPU, and their gradient. They stay there, and are sent again
 * only when a value changed on the host.
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
  private boolean fresh = true;
  private boolean derived;

  /**
   * @param tensors those of the model's that are wanted
   * @param before how many values of the model lie before them
   */
  DeviceParameters(
      Device device,
      DeviceStream stream,
      List<ParameterView> tensors,
      DeviceModel model,
      int before) {
    this.stream = stream;
    this.model = model;
    this.start = (long) before * Float.BYTES;
    int next = 0;
    for (ParameterView tensor : tensors) {
      offsets.put(tensor, next);
      next += (tensor.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    size = next;
    sent = device.pinned("parameters");
    staging = device.pinned("gradients");
  }

  /** Their number, with what lies between the tensors. */
  int size() {
    return size;
  }

  /** Where a tensor begins, in parameters and gradient. */
  long bytesBefore(ParameterView tensor) {
    int offset = Objects.requireNonNull(offsets.get(tensor), tensor.name());
    return (long) offset * Float.BYTES;
  }

  long address(ParameterView tensor) {
    return model.address() + start + bytesBefore(tensor);
  }

  /** The gradient's address. */
  long gradient() {
    return model.gradient() + start;
  }

  /**
   * Brings the GPU up to date, unless it is the host that is not; nothing may be under way in the
   * stream.
   *
   * @param derive remakes what is derived from the parameters, if any changed
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

  /** Takes note that the parameters have changed on the GPU. */
  void invalidateDerived() {
    derived = false;
  }

  private void send(float[] values) {
    FloatBuffer here = sent.floats(size);
    boolean changed = fresh;
    for (Map.Entry<ParameterView, Integer> each : offsets.entrySet()) {
      ParameterView tensor = each.getKey();
      FloatBuffer now = FloatBuffer.wrap(values, tensor.offset(), tensor.size());
      FloatBuffer before = here.slice(each.getValue(), tensor.size());
      if (fresh || now.mismatch(before) >= 0) {
        before.put(now);
        changed = true;
      }
    }
    if (changed) {
      fresh = true;
      derived = false;
      stream.upload(model.address() + start, sent, size);
      fresh = false;
    }
  }

  /** Asks for the values; they are there when the stream is done. */
  void fetchValues() {
    sent.floats(size);
    stream.download(sent, model.address() + start, size);
  }

  /** Overwrites these tensors' share of an array [P] by the values that were fetched. */
  void readValues(float[] target) {
    read(sent, target);
  }

  /** Asks for their share of an array that is laid out as the model is; as the values are. */
  void fetch(long array) {
    staging.floats(size);
    stream.download(staging, array + start, size);
  }

  /** Asks for the gradient. */
  void fetchGradient() {
    fetch(model.gradient());
  }

  /** Overwrites these tensors' share of an array [P] by what was fetched. */
  void read(float[] target) {
    read(staging, target);
  }

  private void read(PinnedBuffer memory, float[] target) {
    FloatBuffer values = memory.floats(size);
    offsets.forEach((tensor, offset) -> values.get(offset, target, tensor.offset(), tensor.size()));
  }

  /** Sends these tensors' share of an array [P] to where {@link #fetch} would find it. */
  void write(float[] source, long array) {
    FloatBuffer values = staging.floats(size);
    offsets.forEach((tensor, offset) -> values.put(offset, source, tensor.offset(), tensor.size()));
    stream.upload(array + start, staging, size);
  }
}
