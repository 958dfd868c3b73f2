package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/**
 * Stands for a backend that is on the class path but cannot be loaded, for example because a
 * library that it needs is missing.
 *
 * @param name of its class, or of the file that names it, as far as known
 * @param reason why it cannot be loaded
 */
record UnusableBackend(String name, String reason) implements Backend {
  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public Optional<String> unavailableReason() {
    return Optional.of(reason);
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    throw new IllegalStateException("backend '" + name + "' cannot be loaded: " + reason);
  }
}
