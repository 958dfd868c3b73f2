package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.ReportWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program of the README and the code of the guides, as {@link SnippetsTest} checks. */
class QuickstartTest {
  private static @TempDir Path folder;

  @BeforeAll
  static void writeFiles() {
    SyntheticMosei.builder()
        .videos(12)
        .seed(3)
        .durationFactor(0.2)
        .width(Modality.VISUAL, 12)
        .width(Modality.AUDIO, 16)
        .width(Modality.TEXT, 10)
        .build()
        .write(folder.resolve("mosei"));
    prepare(folder.resolve("mosei"), folder.resolve("mosei.store"));
  }

  private static void prepare(Path data, Path store) {
    // tag::prepare[]
    Preparation.builder(CsdFolder.find(data))
        .folds(Folds.read(data.resolve("folds")))
        .build()
        .run(store);
    // end::prepare[]
  }

  @Test
  void readmeProgramTrainsAndSavesAModel() throws Exception {
    Path storeFile = folder.resolve("mosei.store");
    Path modelFolder = folder.resolve("model");

    ReadmeProgram.run(folder.resolve("program"), storeFile, modelFolder);

    assertThat(Files.exists(modelFolder.resolve("model.safetensors"))).isTrue();
    predictsWithoutVisual(storeFile, modelFolder);
    reports(storeFile, modelFolder);
  }

  private static void predictsWithoutVisual(Path storeFile, Path modelFolder) {
    // tag::missing[]
    try (SegmentStore store = SegmentStore.open(storeFile);
        MultimodalModel model = MultimodalModel.load(modelFolder)) {
      ModalitySet available = ModalitySet.of(Modality.TEXT, Modality.AUDIO);
      model.predict(store.test(), available).rows().stream()
          .limit(3)
          .forEach(row -> System.out.println(row.segment().id() + " " + row.attention()));
      Evaluator evaluator = Evaluator.withPriorsFrom(store.training());
      ModalityTable table = evaluator.compare("test", model, store.test());
      table.rows().forEach(row -> System.out.println(row.available() + " " + row.macroF1()));
    }
    // end::missing[]
  }

  private static void reports(Path storeFile, Path modelFolder) {
    Path reportFolder = folder.resolve("report");
    try (SegmentStore store = SegmentStore.open(storeFile);
        MultimodalModel model = MultimodalModel.load(modelFolder)) {
      // tag::report[]
      Study study =
          Study.builder("test", model, store.test())
              .training(store.training())
              .validation(store.validation())
              .run();
      List<Path> files = ReportWriter.write(reportFolder, study);
      // end::report[]
      assertThat(files).contains(reportFolder.resolve("report.html")).allMatch(Files::exists);
    }
  }
}
