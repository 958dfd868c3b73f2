package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.TextTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final TextTable TABLE =
      new TextTable(List.of("name", "n"), List.of(List.of("a|b", "1"), List.of("longer", "23")));

  @Test
  void alignsTheFirstColumnLeftAndTheOthersRight() {
    assertThat(TABLE.toText())
        .isEqualTo(
            """
            name     n
            ------  --
            a|b      1
            longer  23\
            """);
  }

  @Test
  void escapesBarsInMarkdown() {
    assertThat(TABLE.toMarkdown())
        .isEqualTo(
            """
            | name | n |
            |---|---:|
            | a\\|b | 1 |
            | longer | 23 |\
            """);
  }

  @Test
  void refusesARowThatDoesNotFit() {
    assertThatThrownBy(() -> new TextTable(List.of("a", "b"), List.of(List.of("1"))))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("columns [a, b]: [1]");
  }

  @Test
  void wrapsProseOnATerminalOnly() {
    String prose = "word ".repeat(40).strip();
    Document document =
        new Document(List.of(new Block.Heading(1, "Title"), new Block.Paragraph(prose)));

    assertThat(document.toText()).startsWith("Title\n=====\n\nword").endsWith("word\n");
    assertThat(document.toText().lines()).allMatch(line -> line.length() <= 80).hasSize(6);
    assertThat(document.toText().split("\\s+")).filteredOn("word"::equals).hasSize(40);
    assertThat(document.toMarkdown()).isEqualTo("# Title\n\n" + prose + "\n");
  }

  @Test
  void roundsAsPythonDoes() {
    assertThat(Decimal.of(0.125, 2)).isEqualTo("0.12");
    assertThat(Decimal.of(0.375, 2)).isEqualTo("0.38");
    assertThat(Decimal.of(0.285, 2)).isEqualTo("0.28");
    assertThat(Decimal.of(Double.NaN)).isEqualTo("-");
    assertThat(Decimal.signed(0.5)).isEqualTo("+0.500");
    assertThat(Decimal.signed(-0.25)).isEqualTo("-0.250");
  }
}
