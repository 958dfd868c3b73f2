package dev.mer4j.cuda;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.driver.Device;
import dev.mer4j.cuda.driver.DeviceBuffer;
import dev.mer4j.cuda.driver.DeviceStream;
import dev.mer4j.cuda.driver.PinnedBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Some of a model's parameters on the GPU, and their gradient. They stay there, and are sent again
 * only when a value changed.
 */
final class DeviceParameters {
  private static final int ALIGNMENT = 64;

  private final float[] values;
  private final Map<ParameterView, Integer> offsets = new LinkedHashMap<>();
  private final int size;
  private final DeviceStream stream;
  private final DeviceBuffer memory;
  private final DeviceBuffer gradient;
  private final PinnedBuffer sent;
  private final PinnedBuffer received;
  private boolean fresh = true;

  /**
   * @param tensors those of the model's that are wanted there
   */
  DeviceParameters(
      Device device, DeviceStream stream, List<ParameterView> tensors, Parameters parameters) {
    this.values = parameters.values();
    this.stream = stream;
    int next = 0;
    for (ParameterView tensor : tensors) {
      offsets.put(tensor, next);
      next += (tensor.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    size = next;
    memory = device.buffer("parameters");
    gradient = device.buffer("gradients");
    sent = device.pinned("parameters");
    received = device.pinned("gradients");
  }

  /** P, with what lies between the tensors. */
  int size() {
    return size;
  }

  /** Where a tensor begins, in parameters and gradient. */
  long bytesBefore(ParameterView tensor) {
    int offset = Objects.requireNonNull(offsets.get(tensor), tensor.name());
    return (long) offset * Float.BYTES;
  }

  long address(ParameterView tensor) {
    return memory.address() + bytesBefore(tensor);
  }

  /** The gradient's address. */
  long gradient() {
    return gradient.ensure(size);
  }

  /**
   * Brings the GPU up to date; nothing may be under way in the stream.
   *
   * @param derive remakes what is derived from the parameters, if any changed
   */
  void refresh(Runnable derive) {
    FloatBuffer staging = sent.floats(size);
    boolean changed = fresh;
    for (Map.Entry<ParameterView, Integer> each : offsets.entrySet()) {
      ParameterView tensor = each.getKey();
      FloatBuffer here = FloatBuffer.wrap(values, tensor.offset(), tensor.size());
      FloatBuffer there = staging.slice(each.getValue(), tensor.size());
      if (fresh || here.mismatch(there) >= 0) {
        there.put(here);
        changed = true;
      }
    }
    if (changed) {
      fresh = true;
      stream.upload(memory.ensure(size), sent, size);
      derive.run();
      fresh = false;
    }
  }

  /** Asks for the gradient; it is there when the stream is done. */
  void fetchGradient() {
    received.floats(size);
    stream.download(received, gradient(), size);
  }

  /** Overwrites these tensors' share of the gradient [P] of the model by what was fetched. */
  void readGradient(float[] target) {
    FloatBuffer staging = received.floats(size);
    offsets.forEach(
        (tensor, offset) -> staging.get(offset, target, tensor.offset(), tensor.size()));
  }
}
