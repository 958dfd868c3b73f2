package dev.mer4j.report.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StudyTablesTest {
  @Test
  void describesTheLimitsOfIntervals() {
    assertThat(StudyTables.caveats(20, true)).isEmpty();
    assertThat(StudyTables.caveats(19, true)).contains("fewer than 20 videos");
    assertThat(StudyTables.caveats(20, false)).contains("Intervals are undefined (-) if");
  }
}
