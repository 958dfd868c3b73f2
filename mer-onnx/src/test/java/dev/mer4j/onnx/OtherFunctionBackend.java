package dev.mer4j.onnx;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/** A backend that claims to compute another function than an LSTM. */
public final class OtherFunctionBackend implements Backend {
  static final String NAME = "other";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Optional<String> unavailableReason() {
    return Optional.empty();
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    return Backends.named("java").open(modalities, parameters);
  }
}
