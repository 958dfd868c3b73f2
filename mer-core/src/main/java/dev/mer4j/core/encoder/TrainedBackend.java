package dev.mer4j.core.encoder;

/**
 * The backend that a model was trained on, as its folder records it.
 *
 * @param name of the backend; empty if it is not known, as in folders that older versions wrote
 * @param function that its encoders compute, as {@link Backend#function} says
 */
public record TrainedBackend(String name, String function) {
  /** Of a model that does not say what it was trained on. */
  public static final TrainedBackend UNKNOWN = new TrainedBackend("", "");

  /** Records a backend. */
  public static TrainedBackend of(Backend backend) {
    return new TrainedBackend(backend.name(), backend.function());
  }

  /** Returns whether a model that this backend trained gives the same results on another. */
  public boolean runsOn(Backend backend) {
    return name.isEmpty() || name.equals(backend.name()) || function.equals(backend.function());
  }

  /** Returns one sentence for people: what this backend computes, and where it would run. */
  public String explanation() {
    return "it was trained on backend '"
        + name
        + "', whose encoders compute '"
        + function
        + "'; use that backend, or another that computes the same function";
  }
}
