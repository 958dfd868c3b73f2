package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.Optional;
import java.util.Set;

/** A way to run the encoders; found by {@link java.util.ServiceLoader}. */
public interface EncoderEngine {
  /** The name in options and files. */
  String name();

  /** Engines that work here are preferred in descending order of this number. */
  int preference();

  /** Why this engine cannot run on this machine, or nothing if it can. */
  Optional<String> whyUnavailable();

  /**
   * Makes the encoders of a model.
   *
   * @param modalities those the model reads
   * @param parameters the model's, with every tensor of {@link LstmParameters} for each modality
   */
  Encoders open(Set<Modality> modalities, Parameters parameters);
}
