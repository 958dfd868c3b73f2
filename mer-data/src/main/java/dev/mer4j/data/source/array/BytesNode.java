package dev.mer4j.data.source.array;

/** Bytes that are neither text nor an array; they stay in the file. */
public record BytesNode(ByteSource bytes) implements Node {
  @Override
  public String describe() {
    return bytes.length() + " bytes";
  }
}
