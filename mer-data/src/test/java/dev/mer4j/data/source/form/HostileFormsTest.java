package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.dataset.ArrayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated and corrupt files of data sets end in one clear error. */
@Timeout(60)
final class HostileFormsTest {
  private static final int CUTS = 25;
  private static final int CORRUPTIONS = 150;

  @TempDir private static Path folder;

  @BeforeAll
  static void unpack() {
    SourceForms.unpack(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meld.pkl",
        "iemocap.pkl",
        "cosmic.pkl",
        "mult-iemocap.pkl",
        "tailor.pt",
        "mertools/label-6way.npz"
      })
  void truncatedFilesAreRefused(String form) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(form));
    for (int cut = 0; cut < CUTS; cut++) {
      byte[] part = Arrays.copyOf(bytes, bytes.length * cut / CUTS);
      assertThatThrownBy(() -> readAll(form, part))
          .isInstanceOf(FileException.class)
          .hasMessageContaining(Path.of(form).getFileName() + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meld.pkl",
        "iemocap.pkl",
        "cosmic.pkl",
        "mult-iemocap.pkl",
        "mertools/label-6way.npz"
      })
  void corruptBytesAreReadOrRefused(String form) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(form));
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < CORRUPTIONS; i++) {
      byte[] corrupt = bytes.clone();
      for (int b = 0; b <= i % 3; b++) {
        corrupt[random.nextInt(corrupt.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        readAll(form, corrupt);
        read++;
      } catch (MerException e) {
        assertThat(e).hasMessageContaining("mer");
      }
    }
    assertThat(read).isBetween(0, CORRUPTIONS - 1);
  }

  @Test
  void aFileOfOneSampleThatIsCutNamesItself() throws IOException {
    Path features = folder.resolve("mertools/features/wav2vec-FRA");
    Path sample = features.resolve("sample_00002.npy");
    byte[] bytes = Files.readAllBytes(sample);
    Files.write(sample, Arrays.copyOf(bytes, bytes.length - 4));
    try {
      assertThatThrownBy(
              () -> readAll(source(folder.resolve("mertools"), Modality.AUDIO, features)))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("sample_00002.npy");
    } finally {
      Files.write(sample, bytes);
    }
  }

  @Test
  void aTableOfOneSegmentThatIsNoTableNamesItsLine() throws IOException {
    Path table = folder.resolve("functionals/text/a[1].csv");
    String text = Files.readString(table);
    Files.writeString(table, text.replaceFirst("0\\.0;", "0.0;x"));
    try {
      assertThatThrownBy(
              () -> readAll(FeatureSources.find(folder.resolve("functionals"), SourceOptions.NONE)))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("a[1].csv")
          .hasMessageContaining("line 2, column 'a'");
    } finally {
      Files.writeString(table, text);
    }
  }

  private static void readAll(String form, byte[] bytes) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("mer-copy"));
    Path file = Files.write(copy.resolve(Path.of(form).getFileName()), bytes);
    try {
      if (form.startsWith("mertools")) {
        Path features = folder.resolve("mertools/features/bert-UTT");
        SourceOptions options =
            new SourceOptions(null, PerModality.of(Modality.TEXT, features), ArrayOptions.DEFAULT);
        readAll(FeatureSources.find(copy, options));
      } else {
        readAll(FeatureSources.find(file, SourceOptions.NONE));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static FeatureSource source(Path data, Modality modality, Path features) {
    return FeatureSources.find(
        data, new SourceOptions(null, PerModality.of(modality, features), ArrayOptions.DEFAULT));
  }

  private static void readAll(FeatureSource source) {
    try (SourceReader reader = source.open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      reader.videos().forEach(reader::read);
    }
  }
}
