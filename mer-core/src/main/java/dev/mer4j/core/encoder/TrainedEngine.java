package dev.mer4j.core.encoder;

/**
 * The engine that a model was trained on, as its folder records it.
 *
 * @param name of the engine; empty if it is not known, as in folders that older versions wrote
 * @param function that its encoders compute, as {@link EncoderEngine#function} says
 */
public record TrainedEngine(String name, String function) {
  /** Of a model that does not say what it was trained on. */
  public static final TrainedEngine UNKNOWN = new TrainedEngine("", "");

  /** Records an engine. */
  public static TrainedEngine of(EncoderEngine engine) {
    return new TrainedEngine(engine.name(), engine.function());
  }

  /** Returns whether a model that this engine trained gives the same results on another. */
  public boolean runsOn(EncoderEngine engine) {
    return name.isEmpty() || name.equals(engine.name()) || function.equals(engine.function());
  }

  /** Returns one sentence for people: what this engine computes, and where it would run. */
  public String explanation() {
    return "it was trained on engine '"
        + name
        + "', whose encoders compute '"
        + function
        + "'; use that engine, or another that computes the same function";
  }
}
