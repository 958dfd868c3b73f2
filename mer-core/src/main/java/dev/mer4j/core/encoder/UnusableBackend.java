package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/**
 * A backend on the class path that cannot be loaded, for example because a required library is
 * missing.
 *
 * @param name the name of its class, if known
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
