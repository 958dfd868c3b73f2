package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentTableTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("segments.csv"), text);
  }

  @Test
  void readsLengthsLabelsSplitsAndGroups() throws IOException {
    Map<Split, SegmentSet> splits =
        SegmentTable.read(
            file(
                """
                id,split,group,steps.text,steps.gaze,label.joy,label.fear
                a[0],test,speaker 1,4,,0.33,0
                a[1],valid,speaker 1,0,7,,
                """));

    SegmentInfo first = splits.get(Split.TEST).info(0);
    assertThat(first.modalities()).isEqualTo(ModalitySet.of(Modality.TEXT));
    assertThat(first.steps(Modality.TEXT)).isEqualTo(4);
    assertThat(first.group()).isEqualTo("speaker 1");
    assertThat(first.scores().present(Emotion.of("joy"))).isTrue();
    assertThat(first.scores().present(Emotion.of("fear"))).isFalse();
    SegmentInfo second = splits.get(Split.VALID).info(0);
    assertThat(second.modalities().size()).isEqualTo(2);
    assertThat(second.scores().isLabeled()).isFalse();
    assertThat(splits.get(Split.TRAIN).size()).isZero();
    SegmentSet test = splits.get(Split.TEST);
    assertThat(test.labels()).isEqualTo(Emotion.listOf("joy", "fear"));
    assertThatThrownBy(() -> test.read(0, Modality.TEXT, new float[4], 0))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("a[0] has no features");
  }

  @Test
  void theGroupOfASegmentWithoutOneIsItsVideo() throws IOException {
    SegmentSet test =
        SegmentTable.read(file("id,group,steps.text\na[0],,1\nb[0],,1\nc[0],dialogue,1\n"))
            .get(Split.TEST);

    assertThat(test.info(0).group()).isEqualTo("a");
    assertThat(test.info(1).group()).isEqualTo("b");
    assertThat(test.info(2).group()).isEqualTo("dialogue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,text/a[0],1 | needs the columns id and steps.MODALITY",
        "id,steps.Text/a[0],1 | column 'steps.Text': 'Text' is not a valid modality name",
        "id,steps.text,steps.text/a[0],1,1 | has the column 'steps.text' twice",
        "id,steps.text | has no segments",
        "id,steps.text/a,1 | line 2: invalid segment id 'a'",
        "id,steps.text/a[0],1/a[0],2 | line 3: segment a[0] occurs twice",
        "id,steps.text/a[0],-1 | line 2: column 'steps.text' is '-1'",
        "id,steps.text/a[0],1.5 | line 2: column 'steps.text' is '1.5'",
        "id,steps.text/a[0],1e300 | line 2: column 'steps.text' is '1e300'",
        "id,steps.text/a[0],many | line 2, column 'steps.text' is 'many'",
        "id,steps.text/a[0] | line 2 has 1 values",
        "id,steps.text,split/a[0],1,dev | line 2: column 'split' is 'dev'",
        "id,steps.text,label.joy,label.fear/a[0],1,1, | line 2: column 'label.fear' is ''"
      })
  void invalidFilesAreRefusedWithTheirLine(String text, String message) throws IOException {
    Path file = file(text.replace('/', '\n') + "\n");

    assertThatThrownBy(() -> SegmentTable.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }
}
