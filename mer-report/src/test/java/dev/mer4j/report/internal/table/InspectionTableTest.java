package dev.mer4j.report.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.Inspections;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTableTest {
  @TempDir Path folder;

  @Test
  void everySubjectHasItsTables() {
    assertThat(InspectionTable.of(Inspections.of(folder)))
        .extracting(InspectionTable::title)
        .containsExactly(
            "Files",
            "Values",
            "Steps per segment",
            "Worst columns",
            "Positives per split",
            "Segments per class by task");
  }

  @Test
  void countsColumnsWithInvalidValues() {
    assertThat(InspectionTable.of(Inspections.of(folder)).get(3).table())
        .isEqualTo(
            new TextTable(
                List.of("column", "NaN", "+Inf", "-Inf"),
                List.of(List.of("audio 2", "1", "0", "2"))));
  }
}
