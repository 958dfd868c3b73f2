package dev.mer4j.data.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
  @TempDir private Path folder;

  private TextTable open(String text) throws IOException {
    return TextTable.open(Files.writeString(folder.resolve("t.csv"), text));
  }

  /** Returns all rows, that of the names first. */
  private List<List<String>> rows(String text) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (TextTable table = open(text)) {
      rows.add(table.columns());
      for (List<String> row = table.next(); row != null; row = table.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The expected values are those of Python's csv.reader, without the blanks around them. */
  @Test
  void quotedValuesContainSeparatorsQuotesAndLineEnds() throws IOException {
    assertThat(rows("id,text\n1,\"a, \"\"b\"\"\n\nc\"\r\n2,\"\"\n3,\"d\"\n"))
        .containsExactly(
            List.of("id", "text"),
            List.of("1", "a, \"b\"\n\nc"),
            List.of("2", ""),
            List.of("3", "d"));
  }

  @Test
  void aQuoteWithinAValueIsACharacter() throws IOException {
    assertThat(rows("id\ttext\n1\t5\" tall\n2\tsay \"hi\"\n3\t\"so\" it is\n"))
        .containsExactly(
            List.of("id", "text"),
            List.of("1", "5\" tall"),
            List.of("2", "say \"hi\""),
            List.of("3", "so it is"));
  }

  @Test
  void aQuoteThatIsNotClosedDoesNotJoinRows() {
    assertThatThrownBy(() -> rows("id,text,label\n1,\"hello,1\n2,\"bye\",2\n3,x,3\n"))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith(
            "t.csv: line 2: a quote is not closed; a quote within a quoted value is doubled");
    assertThatThrownBy(() -> rows("id,text\n1,x\n2,\"y\n3,z\n"))
        .hasMessageContaining("line 3: a quote is not closed");
  }

  @Test
  void quotedNamesDoNotDetermineTheSeparator() throws IOException {
    assertThat(rows("id,\"a;b;c\"\n1,2\n"))
        .containsExactly(List.of("id", "a;b;c"), List.of("1", "2"));
  }

  @Test
  void lineEndsOfAllSystemsAreRead() throws IOException {
    String longest = "x".repeat(8190);
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertThat(rows("a,b" + end + end + longest + ",2" + end + "3,4"))
          .containsExactly(List.of("a", "b"), List.of(longest, "2"), List.of("3", "4"));
    }
  }

  @Test
  void aLineThatIsNoTableDoesNotFillTheMemory() {
    assertThatThrownBy(() -> open("{" + " ".repeat(TextLines.LONGEST)).close())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 1 has more than 16,777,216 characters");
    String line = "x".repeat(TextLines.LONGEST / 2);
    assertThatThrownBy(() -> rows("a\n\"" + (line + "\n").repeat(3) + "\"\n"))
        .hasMessageContaining("has more than 16,777,216 characters");
  }

  @Test
  void commentsOfArffAreSkipped() throws IOException {
    String header = "@relation r\n% c\n@attribute 'a b' numeric\n@attribute c numeric\n@data\n";
    assertThat(rows(header + "% comment\n1,?\n"))
        .containsExactly(List.of("a b", "c"), List.of("1", "?"));
  }

  @Test
  void aColumnThatOccursTwiceIsAnErrorWhereItIsRead() throws IOException {
    try (TextTable table = open("id,happy,x,x,Happy\n")) {
      assertThat(table.column("id")).isZero();
      assertThat(table.column("happy")).isOne();
      assertThat(table.column("none", "id")).isZero();
      assertThatThrownBy(() -> table.column("HAPPY"))
          .hasMessageEndingWith("columns 2 and 5 are both called 'Happy'; rename one");
      assertThatThrownBy(() -> table.column("x"))
          .hasMessageContaining("columns 3 and 4 are both called 'x'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "2F", "0x1p3", "1,5", "1_000", "1e", "--1", "NA"})
  void valuesThatAreNotDecimalNumbersAreErrors(String value) throws IOException {
    try (TextTable table = open("id;a\n7;" + value + "\n")) {
      List<String> row = table.next();
      assertThat(row).isNotNull();
      assertThatThrownBy(() -> table.number(row, 1))
          .hasMessageEndingWith("line 2, column 'a' is '" + value + "', expected a number");
    }
  }
}
