package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.ResumableRun.Outcome;
import dev.mer4j.train.internal.DataDigest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings on other modalities than those of CMU-MOSEI. */
class AnyModalitiesTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "gaze,native",
    "'text,gaze',native",
    "'text,audio,visual,gaze',native",
    "'text,audio,visual,gaze',samediff"
  })
  void aResumedRunEndsInTheSameBits(String modalities, String backend) {
    Outcome whole = train(modalities, backend, 4, false, "whole");
    train(modalities, backend, 2, false, "parts");
    Outcome resumed = train(modalities, backend, 4, true, "parts");

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void refusesToResumeOnOtherModalities() {
    train("text,gaze", "native", 1, false, "run");
    assertThatThrownBy(() -> train("text,pose", "native", 2, true, "run"))
        .isInstanceOf(MerException.class);
  }

  @Test
  void theDigestTellsModalitiesApart() {
    assertThat(DataDigest.of(Toys.segments(Toys.widths("gaze"), "train", 30)))
        .isNotEqualTo(DataDigest.of(Toys.segments(Toys.widths("pose"), "train", 30)));
  }

  private Outcome train(
      String modalities, String backend, int epochs, boolean resume, String name) {
    PerModality<Integer> widths = Toys.widths(modalities);
    TrainingSplit train = TrainingSplit.of(Toys.segments(widths, "train", 30));
    ValidationSplit valid = ValidationSplit.of(Toys.segments(widths, "valid", 12));
    assertThat(train.widths().modalities()).isEqualTo(ModalitySet.parse(modalities).toList());
    try (MultimodalModel model =
        Toys.builder(LabelSet.MULTI_LABEL, widths).backend(backend).build()) {
      TrainingRun run =
          Trainer.builder()
              .config(ResumableRun.config(epochs))
              .checkpoints(folder.resolve(name))
              .resume(resume)
              .build()
              .fit(model, train, valid);
      for (Modality modality : widths.modalities()) {
        assertThat(model.standardization().columns().has(modality)).isTrue();
      }
      return new Outcome(run, model.parameters().sha256(), model.predict(valid));
    }
  }
}
