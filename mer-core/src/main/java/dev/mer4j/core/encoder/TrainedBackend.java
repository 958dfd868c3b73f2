package dev.mer4j.core.encoder;

/**
 * The backend that a model was trained on, as its folder records it.
 *
 * @param name the backend's name; empty if unknown, as in folders of older versions
 * @param function the function that its encoders compute, see {@link Backend#function}
 */
public record TrainedBackend(String name, String function) {
  /** The backend of a model that does not record one. */
  public static final TrainedBackend UNKNOWN = new TrainedBackend("", "");

  /** Returns the record of a backend. */
  public static TrainedBackend of(Backend backend) {
    return new TrainedBackend(backend.name(), backend.function());
  }

  /** Returns whether a model trained on this backend gives the same results on another. */
  public boolean runsOn(Backend backend) {
    return name.isEmpty() || name.equals(backend.name()) || function.equals(backend.function());
  }

  /** Returns a sentence for error messages: what this backend computes and what to use instead. */
  public String explanation() {
    return "it was trained on backend '"
        + name
        + "', whose encoders compute '"
        + function
        + "'; use that backend or another with the same function";
  }
}
