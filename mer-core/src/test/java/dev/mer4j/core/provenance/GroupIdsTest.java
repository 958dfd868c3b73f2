package dev.mer4j.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.SegmentSet;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupIdsTest {
  @Test
  void groupsThatAreNotVideosAreWrittenAndRead() throws IOException {
    SegmentIds ids =
        SegmentIds.of(
            SegmentSet.builder()
                .add("u1", "dialogue 2", Map.of())
                .add("u2", "u2", Map.of())
                .build());
    ObjectMapper json = new ObjectMapper();
    String written = json.writeValueAsString(ids);

    assertThat(written)
        .isEqualTo("{\"groups\":[\"dialogue 2\"],\"videos\":{\"u1\":\"0\",\"u2\":\"0\"}}");
    assertThat(json.readValue(written, SegmentIds.class)).isEqualTo(ids);
    assertThat(ids.containsGroup("dialogue 2")).isTrue();
    assertThat(ids.containsGroup("u2")).isTrue();
    assertThat(ids.containsGroup("dialogue 1")).isFalse();
  }
}
