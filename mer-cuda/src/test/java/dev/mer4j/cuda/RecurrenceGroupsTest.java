package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.ActiveRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrenceGroupsTest {
  private static final PackedRows THREE = rows(new int[] {4, 7, 9}, new int[] {2, 8, 5});
  private static final PackedRows ONE = rows(new int[] {3}, new int[] {6});
  private static final PackedRows NONE = rows(new int[0], new int[0]);

  @Test
  void groupsRowsOfSimilarLengthInBothDirectionsLongestFirst() {
    RecurrenceGroups groups = RecurrenceGroups.of(List.of(THREE, NONE, ONE), 2);
    assertThat(groups.rows()).containsExactly(2, 8, 7, 0, 10, 5, 9, 0, 0, 2, 4, 0, 0, 6, 3, 0);
    assertThat(groups.groups())
        .containsExactly(0, 0, 2, 0, 1, 0, 2, 0, 4, 3, 1, 0, 5, 3, 1, 0, 0, 2, 1, 0, 1, 2, 1, 0);
    assertThat(groups.count())
        .isEqualTo(6)
        .isEqualTo(RecurrenceGroups.groups(List.of(THREE, NONE, ONE), 2));
  }

  @Test
  void absentModalitiesHaveNoGroups() {
    assertThat(RecurrenceGroups.of(List.of(NONE, NONE), 4).count()).isZero();
  }

  private static PackedRows rows(int[] rows, int[] lengths) {
    return PackedRows.of(new ActiveRows(rows, lengths, 8));
  }
}
