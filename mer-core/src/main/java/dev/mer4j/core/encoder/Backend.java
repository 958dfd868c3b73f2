package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/** A way to run the encoders; found by {@link java.util.ServiceLoader}. */
public interface Backend {
  /** The {@link #function} of mer4j's own backends: PyTorch's bidirectional LSTM of one layer. */
  String LSTM = "lstm";

  /** The name in options and files. */
  String name();

  /**
   * Backends that work here are preferred in descending order of this number; one with a negative
   * number is not used unless asked for.
   */
  int priority();

  /** Why this backend cannot run on this machine, or nothing if it can. */
  Optional<String> unavailableReason();

  /** Why this backend cannot run encoders of a shape on any machine, or nothing if it can. */
  default Optional<String> unsupportedReason(EncoderShape shape) {
    return Optional.empty();
  }

  /**
   * The name of the function that the encoders compute. Backends that name the same function give
   * the same results within their {@link #tolerance}: a model that was trained on one of them may
   * run on another. Defaults to the backend's own name: what is trained on it runs on it only.
   */
  default String function() {
    return name();
  }

  /**
   * How far results may be from the LSTM's equations: ‖a−b‖/‖b‖ of the states, and of the gradient
   * of each tensor.
   */
  default double tolerance() {
    return 1e-4;
  }

  /**
   * Makes the encoders of a model.
   *
   * @param modalities those the model reads
   * @param parameters the model's, with every tensor of {@link LstmParameters} for each modality
   * @throws dev.mer4j.ConfigException if {@link #unsupportedReason} has something against their
   *     shape
   */
  Encoders open(List<Modality> modalities, Parameters parameters);

  /**
   * Opens the whole network of a model. Defaults to the backend's encoders, with head, loss and
   * optimizer in plain Java.
   *
   * @param parameters the model's, with the tensors of {@link LstmParameters} and of {@link
   *     dev.mer4j.core.fusion.HeadParameters}
   * @throws dev.mer4j.ConfigException if {@link #unsupportedReason} has something against its shape
   */
  default Network openNetwork(HeadShape shape, Parameters parameters) {
    return new HostNetwork(open(shape.modalities(), parameters), shape, parameters);
  }
}
