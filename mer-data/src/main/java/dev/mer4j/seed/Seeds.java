package dev.mer4j.seed;

/**
 * One root seed and the named streams derived from it.
 *
 * <p>A stream is a pure function of the root seed and the names on the way to it, so nothing has to
 * be saved to repeat it: {@code new Seeds(7).stream("modality-dropout").at(epoch).at("vid[3]")}
 * draws the same numbers in every run, on every machine, whatever was drawn elsewhere before.
 *
 * @param root any number
 */
public record Seeds(long root) {
  /** Returns the stream with this name. */
  public SeedStream stream(String name) {
    return new SeedStream(SeedStream.mix(root)).at(name);
  }
}
