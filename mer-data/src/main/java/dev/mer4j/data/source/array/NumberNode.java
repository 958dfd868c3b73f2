package dev.mer4j.data.source.array;

/**
 * A number.
 *
 * @param value a Long, a Double, or a BigInteger if it does not fit a Long
 */
public record NumberNode(Number value) implements Node {
  @Override
  public String describe() {
    return "the number " + value;
  }
}
