package dev.mer4j.samediff;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/** Backend {@code samediff}: the encoders as SameDiff graphs of ND4J. */
public final class SameDiffBackend implements Backend {
  @Override
  public String name() {
    return "samediff";
  }

  @Override
  public String function() {
    return LSTM;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<String> unavailableReason() {
    try {
      return Nd4jLibraries.missing();
    } catch (LinkageError e) {
      return Optional.of("ND4J is not on the class path or cannot be loaded: " + e.getMessage());
    }
  }

  @Override
  public Optional<String> unsupportedReason(EncoderShape shape) {
    return shape.hidden() > 1
        ? Optional.empty()
        : Optional.of("ND4J's lstmLayer crashes the JVM at hidden size 1");
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    Backends.requireSupported(this, EncoderShape.of(modalities, parameters));
    return new SameDiffEncoders(modalities, parameters);
  }
}
