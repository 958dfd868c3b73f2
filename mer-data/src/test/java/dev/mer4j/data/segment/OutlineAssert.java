package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.Rows;
import java.util.List;

/** Compares segments without values to those with values. */
final class OutlineAssert {
  private OutlineAssert() {}

  /** Asserts that everything is the same except for the values. */
  static void assertSameRows(List<RawSegment> outline, List<RawSegment> read) {
    assertThat(outline).hasSameSizeAs(read);
    for (int i = 0; i < read.size(); i++) {
      RawSegment expected = read.get(i);
      RawSegment found = outline.get(i);
      assertThat(found.id()).isEqualTo(expected.id());
      assertThat(found.start()).isEqualTo(expected.start());
      assertThat(found.end()).isEqualTo(expected.end());
      assertThat(found.scores()).isEqualTo(expected.scores());
      assertThat(found.rows().modalities()).isEqualTo(expected.rows().modalities());
      for (Modality modality : expected.rows().modalities()) {
        SegmentRows rows = found.rows().get(modality);
        assertThat(rows.width()).isEqualTo(expected.rows().get(modality).width());
        assertThat(rows.order()).isEqualTo(expected.rows().get(modality).order());
        assertThat(rows.intervals()).isEqualTo(expected.rows().get(modality).intervals());
        assertThat(rows.source()).isInstanceOf(Rows.Unread.class);
        assertThatThrownBy(() -> rows.at(0, 0)).isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
