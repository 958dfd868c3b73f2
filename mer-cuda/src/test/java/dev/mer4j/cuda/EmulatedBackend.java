package dev.mer4j.cuda;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/**
 * Backend {@code cuda} on an emulated GPU, registered as a service so that tests of all backends
 * run it.
 */
public final class EmulatedBackend implements Backend {
  private final CudaBackend backend = new CudaBackend(EmulatedDriver::load);

  @Override
  public String name() {
    return "cuda-emulated";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public String function() {
    return backend.function();
  }

  @Override
  public Optional<String> unavailableReason() {
    return EmulatedDriver.exists() ? backend.unavailableReason() : Optional.of("no C++ compiler");
  }

  @Override
  public Optional<String> unsupportedReason(EncoderShape shape) {
    return backend.unsupportedReason(shape);
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    return backend.open(modalities, parameters);
  }

  @Override
  public Network openNetwork(HeadShape shape, Parameters parameters) {
    return backend.openNetwork(shape, parameters);
  }
}
