package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/**
 * Backend {@code java}: the algorithm of {@code native} in plain Java. Available everywhere, with
 * the same bits on every platform.
 */
public final class JavaBackend implements Backend {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public String function() {
    return LSTM;
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<String> unavailableReason() {
    return Optional.empty();
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    int hidden = EncoderShape.of(modalities, parameters).hidden();
    return new PackedEncoders<>(new JavaKernels(hidden), modalities, parameters);
  }
}
