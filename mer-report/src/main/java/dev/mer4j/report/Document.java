package dev.mer4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report that reads well on a terminal and as Markdown. */
public final class Document {
  private final List<Block> blocks;

  Document(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** For a terminal; ends with a newline. */
  public String toText() {
    return blocks.stream().map(Block::toText).collect(Collectors.joining("\n\n", "", "\n"));
  }

  /** GitHub's Markdown; ends with a newline. */
  public String toMarkdown() {
    return blocks.stream().map(Block::toMarkdown).collect(Collectors.joining("\n\n", "", "\n"));
  }
}
