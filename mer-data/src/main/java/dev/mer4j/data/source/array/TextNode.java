package dev.mer4j.data.source.array;

/** A text. */
public record TextNode(String value) implements Node {
  @Override
  public String describe() {
    return "a text";
  }
}
