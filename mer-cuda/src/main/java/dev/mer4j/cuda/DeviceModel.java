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
 * All of a model's parameters on the GPU, the encoders' and then the head's, and their gradient. An
 * array that is laid out as they are has zeros between the tensors.
 */
final class DeviceModel implements Parameters.Holder {
  /** Closes the device once neither encoders nor parameters can ask for what is on it any more. */
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

  /** What these are a copy of, or the other way round. */
  Parameters parameters() {
    return parameters;
  }

  /** P, with what lies between the tensors. */
  int size() {
    return encoders.size() + head.size();
  }

  /** The parameters' address. */
  long address() {
    return memory.ensure(size());
  }

  /** The gradient's address. */
  long gradient() {
    return gradient.ensureZero(stream, size());
  }

  /** Takes note that the parameters have changed here. */
  void updated() {
    encoders.invalidateDerived();
    parameters.setHolder(this);
  }

  /** Lets the parameters have what only the GPU knows, because it will be gone. */
  void publish() {
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

  /** Returns a copy [P] of an array that is laid out as the parameters are. */
  float[] copyOf(long array) {
    encoders.fetch(array);
    head.fetch(array);
    stream.synchronize();
    float[] copy = new float[parameters.size()];
    encoders.read(copy);
    head.read(copy);
    return copy;
  }

  /** Overwrites such an array by values [P]. */
  void write(float[] values, long array) {
    encoders.write(values, array);
    head.write(values, array);
    stream.synchronize();
  }
}
