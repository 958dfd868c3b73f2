package dev.mer4j.cuda;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import java.lang.ref.Cleaner;
import java.util.List;

/**
 * All parameters of a model on the GPU, the encoders' followed by the head's, and their gradient.
 * Arrays of this layout have zero padding between the tensors.
 */
final class DeviceModel implements Parameters.Holder {
  /** Closes the device once neither encoders nor parameters are reachable. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final Device device;
  private final DeviceStream stream;
  private final Parameters parameters;
  private final DeviceBuffer memory;
  private final DeviceBuffer gradient;
  private final DeviceParameters encoders;
  private final DeviceParameters head;

  DeviceModel(
      Device device,
      DeviceStream stream,
      List<ParameterView> encoderTensors,
      Parameters parameters) {
    this.device = device;
    this.stream = stream;
    this.parameters = parameters;
    this.memory = device.buffer("parameters");
    this.gradient = device.buffer("gradients");
    this.encoders = new DeviceParameters(device, stream, encoderTensors, this, 0);
    List<ParameterView> headTensors = HeadParameters.views(parameters);
    this.head = new DeviceParameters(device, stream, headTensors, this, encoders.size());
    CLEANER.register(this, device::close);
  }

  DeviceParameters encoders() {
    return encoders;
  }

  DeviceParameters head() {
    return head;
  }

  /** Returns the host's parameters, which may be older or newer. */
  Parameters parameters() {
    return parameters;
  }

  /** Returns P including the padding between the tensors. */
  int size() {
    return encoders.size() + head.size();
  }

  /** Returns the address of the parameters. */
  long address() {
    return memory.ensure(size());
  }

  /** Returns the address of the gradient. */
  long gradient() {
    return gradient.ensureZero(stream, size());
  }

  /** Records that the parameters were updated on the GPU. */
  void updated() {
    encoders.invalidateDerived();
    parameters.setHolder(this);
  }

  /** Copies values that only the GPU has to the host, before the GPU memory is freed. */
  void copyToHost() {
    synchronized (parameters) {
      if (parameters.isHeldBy(this)) {
        parameters.values();
      }
    }
  }

  @Override
  public void fetch(float[] values) {
    device.use();
    encoders.fetchValues();
    head.fetchValues();
    stream.synchronize();
    encoders.readValues(values);
    head.readValues(values);
  }

  /** Returns a copy [P] of an array with the layout of the parameters. */
  float[] copyOf(long array) {
    encoders.fetch(array);
    head.fetch(array);
    stream.synchronize();
    float[] copy = new float[parameters.size()];
    encoders.read(copy);
    head.read(copy);
    return copy;
  }

  /** Overwrites an array with the layout of the parameters by values [P]. */
  void write(float[] values, long array) {
    encoders.write(values, array);
    head.write(values, array);
    stream.synchronize();
  }
}
