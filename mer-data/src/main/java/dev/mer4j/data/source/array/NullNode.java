package dev.mer4j.data.source.array;

/** Python's None. */
public record NullNode() implements Node {
  @Override
  public String describe() {
    return "None";
  }
}
