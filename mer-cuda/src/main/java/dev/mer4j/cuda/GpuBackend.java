package dev.mer4j.cuda;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.HostNetwork;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** A backend on an NVIDIA GPU; subclasses differ in the precision of products. */
abstract class GpuBackend implements Backend {
  private final ProductPrecision products;
  private final Supplier<CudaDriver> driver;

  GpuBackend(ProductPrecision products, Supplier<CudaDriver> driver) {
    this.products = products;
    this.driver = driver;
  }

  @Override
  public final String function() {
    return LSTM;
  }

  @Override
  public final double tolerance() {
    return products.tolerance();
  }

  @Override
  public final Optional<String> unavailableReason() {
    try (Device device = Device.open(driver.get())) {
      DeviceInfo info = device.info();
      if (!info.isAtLeast(8, 0)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s has compute capability %d.%d, the kernels require 8.0",
                info.name(),
                info.major(),
                info.minor()));
      }
      Recurrence recurrence = Recurrence.of(Recurrence.MAX_HIDDEN, info);
      CudaKernels.load(device, recurrence, products, Pooling.LAST);
      return Optional.empty();
    } catch (LinkageError e) {
      String library = CudaDriver.library();
      String detail = String.valueOf(e.getMessage());
      return Optional.of(
          detail.contains(library)
              ? "no NVIDIA driver: " + library + " cannot be loaded"
              : "the NVIDIA driver cannot be called: " + detail);
    } catch (CudaException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public final Optional<String> unsupportedReason(EncoderShape shape) {
    return shape.hidden() <= Recurrence.MAX_HIDDEN
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "it supports hidden sizes up to %d, not %d",
                Recurrence.MAX_HIDDEN,
                shape.hidden()));
  }

  /**
   * Opens the encoders of a model.
   *
   * @throws ConfigException if the kernels do not support H
   * @throws CudaException if a call of the driver fails
   */
  @Override
  public final CudaEncoders open(List<Modality> modalities, Parameters parameters) {
    List<Modality> sorted = modalities.stream().sorted().toList();
    Backends.requireSupported(this, EncoderShape.of(modalities, parameters));
    Device device = Device.open(driver.get());
    try {
      return new CudaEncoders(device, products, sorted, parameters);
    } catch (RuntimeException | Error e) {
      Device.closeAfter(e, device);
      throw e;
    }
  }

  /** Opens a network with the head on the GPU, or on the host if its kernels lack the fusion. */
  @Override
  public final Network openNetwork(HeadShape shape, Parameters parameters) {
    CudaEncoders encoders = open(shape.modalities(), parameters);
    Optional<String> reason = CudaHead.unsupportedReason(shape);
    if (reason.isPresent()) {
      String placement = "the fusion head runs on the host, because " + reason.get();
      return new HostNetwork(encoders, shape, parameters, placement);
    }
    try {
      return new CudaNetwork(encoders, shape);
    } catch (RuntimeException | Error e) {
      Device.closeAfter(e, encoders);
      throw e;
    }
  }
}
