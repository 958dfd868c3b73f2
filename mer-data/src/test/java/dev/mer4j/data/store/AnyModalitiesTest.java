package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TestSegments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of other modalities than those of CMU-MOSEI. */
class AnyModalitiesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaze",
        "text,visual",
        "gaze,pose",
        "text,audio,visual,gaze",
        "text,eeg,a,b,c,d,e,f"
      })
  void aStoreReturnsWhatWasWritten(String names, @TempDir Path folder) {
    List<Modality> modalities = ModalitySet.parse(names).toList();
    SegmentSet written = TestSegments.random(modalities, 40, 3);
    Path file = folder.resolve("x.store");
    SmallStores.write(file, written);
    try (SegmentStore store = SegmentStore.open(file)) {
      store.verify();
      assertThat(store.widths()).isEqualTo(written.widths());
      assertThat(store.widths().modalities()).isEqualTo(modalities);
      SegmentSet read = store.allSegments();
      for (int s = 0; s < written.size(); s++) {
        assertThat(read.info(s)).isEqualTo(written.info(s));
        for (Modality modality : read.info(s).modalities().toList()) {
          assertThat(read.features(s, modality).values())
              .isEqualTo(written.features(s, modality).values());
        }
      }
    }
  }
}
