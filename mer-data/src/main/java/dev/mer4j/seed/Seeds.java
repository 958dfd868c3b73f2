package dev.mer4j.seed;

/**
 * A root seed and the named streams derived from it.
 *
 * <p>A stream is a pure function of the root seed and its path of names, so no state has to be
 * saved to repeat it: {@code new Seeds(7).stream("modality-dropout").at(epoch).at("vid[3]")} draws
 * the same numbers in every run and on every machine, independently of all other streams.
 *
 * @param root any number
 */
public record Seeds(long root) {
  /** Returns the stream with this name. */
  public SeedStream stream(String name) {
    return new SeedStream(SeedStream.mix(root)).at(name);
  }
}
