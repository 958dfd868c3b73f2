package dev.mer4j.report.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final TextTable MIXED =
      new TextTable(
          List.of("id", "file", "share", "floor", "none"),
          List.of(
              List.of("1", "a.csd", "5 (2.0 %)", "-", "7"),
              List.of("10", "long.csd", "-1 to 2", "-", "left out")));

  @Test
  void alignsWordsLeftAndNumbersRight() {
    assertThat(MIXED.toText())
        .isEqualTo(
            """
            id  file          share  floor      none
            --  --------  ---------  -----  --------
            1   a.csd     5 (2.0 %)      -         7
            10  long.csd    -1 to 2      -  left out\
            """);
  }

  @Test
  void alignsTheSameInMarkdown() {
    assertThat(MIXED.toMarkdown()).contains("\n|---|---|---:|---:|---:|\n");
  }
}
