package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/** An implementation of the encoders, found by {@link java.util.ServiceLoader}. */
public interface Backend {
  /** The {@link #function} of mer4j's own backends: PyTorch's one-layer bidirectional LSTM. */
  String LSTM = "lstm";

  /** Returns the name used in options and files. */
  String name();

  /**
   * Returns the priority: available backends are preferred in descending order. A backend with a
   * negative priority is used only if it is requested by name.
   */
  int priority();

  /** Returns why this backend is unavailable on this machine; empty if it is available. */
  Optional<String> unavailableReason();

  /**
   * Returns why this backend does not support encoders of a shape on any machine; empty if it does.
   */
  default Optional<String> unsupportedReason(EncoderShape shape) {
    return Optional.empty();
  }

  /**
   * Returns the name of the function that the encoders compute. Backends with the same function
   * give the same results within their {@link #tolerance}, so a model trained on one may run on
   * another. Defaults to the backend's name: its models run on no other backend.
   */
  default String function() {
    return name();
  }

  /**
   * Returns the largest relative error ‖a−b‖/‖b‖ of the states, and of the gradient of each tensor,
   * against the LSTM's equations.
   */
  default double tolerance() {
    return 1e-4;
  }

  /**
   * Opens the encoders of a model.
   *
   * @param modalities the modalities that the model reads
   * @param parameters the model's, with every tensor of {@link LstmParameters} for each modality
   * @throws dev.mer4j.ConfigException if this backend does not support their shape
   */
  Encoders open(List<Modality> modalities, Parameters parameters);

  /**
   * Opens the whole network of a model. Defaults to the backend's encoders, with head, loss and
   * optimizer in plain Java.
   *
   * @param parameters the model's, with the tensors of {@link LstmParameters} and of {@link
   *     dev.mer4j.core.fusion.HeadParameters}
   * @throws dev.mer4j.ConfigException if this backend does not support its shape
   */
  default Network openNetwork(HeadShape shape, Parameters parameters) {
    return new HostNetwork(open(shape.modalities(), parameters), shape, parameters);
  }
}
