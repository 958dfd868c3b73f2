package dev.mer4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as plain text and as Markdown. */
public final class Document {
  private final List<Block> blocks;

  Document(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Returns plain text that ends with a newline. */
  public String toText() {
    return blocks.stream().map(Block::toText).collect(Collectors.joining("\n\n", "", "\n"));
  }

  /** Returns GitHub-flavored Markdown that ends with a newline. */
  public String toMarkdown() {
    return blocks.stream().map(Block::toMarkdown).collect(Collectors.joining("\n\n", "", "\n"));
  }
}
