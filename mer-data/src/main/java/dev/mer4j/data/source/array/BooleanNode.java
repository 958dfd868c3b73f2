package dev.mer4j.data.source.array;

/** True or false. */
public record BooleanNode(boolean value) implements Node {
  @Override
  public String describe() {
    return "the boolean " + value;
  }
}
