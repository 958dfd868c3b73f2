package dev.mer4j.report.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.eval.statistics.GroupCount;
import org.junit.jupiter.api.Test;

class StudyTablesTest {
  @Test
  void describesTheLimitsOfIntervals() {
    assertThat(StudyTables.caveats(new GroupCount(20, true), true)).isEmpty();
    assertThat(StudyTables.caveats(new GroupCount(19, true), true))
        .contains("fewer than 20 videos");
    assertThat(StudyTables.caveats(new GroupCount(20, false), false))
        .contains("Intervals are undefined (-) if", "are of one group");
  }
}
