package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationFoldsTest {
  @TempDir static Path data;
  private static CsdFolder files;
  private static Folds folds;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
    folds = Folds.read(data.resolve(SyntheticMosei.FOLDS));
  }

  @Test
  void fitsTheStandardizationOnTheTrainingFoldOnly() {
    Path file = folder.resolve("x.store");
    Preparation.builder(files).folds(folds).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      Standardization again = Standardization.fit(store.split(Split.TRAIN));
      for (Modality modality : Modality.MOSEI) {
        double[] means = store.standardization().of(modality).mean();
        for (int d = 0; d < means.length; d++) {
          assertThat(means[d]).isCloseTo(again.of(modality).mean()[d], within(1e-9));
          assertThat(store.standardization().of(modality).scale()[d])
              .isCloseTo(again.of(modality).scale()[d], within(1e-9));
        }
      }
    }
  }

  @Test
  void withoutFoldsAllSegmentsAreInNone() {
    Path file = folder.resolve("x.store");
    Preparation.builder(files).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.split(Split.NONE).size()).isEqualTo(store.allSegments().size()).isPositive();
      assertThat(store.split(Split.TRAIN).size()).isZero();
      assertThat(store.standardization().of(Modality.AUDIO).scale()).containsOnly(1);
    }
  }
}
