package dev.mer4j.report;

import dev.mer4j.report.internal.table.TextTable;

/** A part of a {@link Document}, as plain text and as Markdown. */
sealed interface Block {
  /** Without a newline at its end. */
  String toText();

  /** Without a newline at its end. */
  String toMarkdown();

  /**
   * A heading.
   *
   * @param level the level, 1 for the document's title
   */
  record Heading(int level, String title) implements Block {
    @Override
    public String toText() {
      return title + "\n" + (level == 1 ? "=" : "-").repeat(title.length());
    }

    @Override
    public String toMarkdown() {
      return "#".repeat(level) + " " + title;
    }
  }

  /** A paragraph, wrapped at 80 characters in plain text. */
  record Paragraph(String text) implements Block {
    @Override
    public String toText() {
      return text.replaceAll("(.{1,80})(?: |$)", "$1\n").stripTrailing();
    }

    @Override
    public String toMarkdown() {
      return text;
    }
  }

  /** Preformatted text. */
  record Verbatim(String text) implements Block {
    @Override
    public String toText() {
      return text.stripTrailing();
    }

    @Override
    public String toMarkdown() {
      return "```\n" + text.stripTrailing() + "\n```";
    }
  }

  /** A table. */
  record Grid(TextTable table) implements Block {
    @Override
    public String toText() {
      return table.toText();
    }

    @Override
    public String toMarkdown() {
      return table.toMarkdown();
    }
  }
}
