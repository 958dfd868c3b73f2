package dev.mer4j.cuda;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.driver.CudaDriver;
import dev.mer4j.cuda.driver.CudaException;
import dev.mer4j.cuda.driver.Device;
import dev.mer4j.cuda.driver.DeviceInfo;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Engine {@code cuda}. */
public final class CudaEngine implements EncoderEngine {
  private final Supplier<CudaDriver> driver;

  /** The engine of the driver that is installed. */
  public CudaEngine() {
    this(CudaDriver::load);
  }

  CudaEngine(Supplier<CudaDriver> driver) {
    this.driver = driver;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int preference() {
    return 300;
  }

  @Override
  public Optional<String> whyUnavailable() {
    try (Device device = Device.open(driver.get())) {
      DeviceInfo info = device.info();
      if (!info.isAtLeast(8, 0)) {
        return Optional.of(
            "%s has compute capability %d.%d, the kernels need 8.0"
                .formatted(info.name(), info.major(), info.minor()));
      }
      CudaKernels.load(device, Recurrence.of(Recurrence.LARGEST, info));
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of("there is no NVIDIA driver: " + CudaDriver.library() + " does not load");
    } catch (CudaException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Makes the encoders of a model.
   *
   * @throws ConfigException if H is larger than the kernels can
   * @throws CudaException if the GPU refuses
   */
  @Override
  public CudaEncoders open(Set<Modality> modalities, Parameters parameters) {
    List<Modality> sorted = modalities.stream().sorted().toList();
    int hidden = LstmParameters.of(parameters, sorted.get(0), Direction.FORWARD).hidden();
    if (hidden > Recurrence.LARGEST) {
      throw new ConfigException(
          "engine 'cuda' runs hidden sizes up to %d, not %d; use another engine, such as 'packed'"
              .formatted(Recurrence.LARGEST, hidden));
    }
    Device device = Device.open(driver.get());
    try {
      return new CudaEncoders(device, sorted, parameters);
    } catch (RuntimeException e) {
      Device.closeAfter(e, device);
      throw e;
    }
  }
}
