package dev.mer4j.train.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final EpochRecord FIRST =
      new EpochRecord(1, 10, 2, 1 / 3.0, 2.5, 0.5, 1e-4, 0.4, 0.25, 1.5);

  @TempDir Path folder;

  @Test
  void writesALinePerEpochInFullPrecision() {
    Path file = folder.resolve("history.csv");

    History.EMPTY.with(FIRST).writeCsv(file);

    assertThat(file)
        .hasContent(
            """
            epoch,steps,skipped,loss,gradient_norm,clip_share,learning_rate,valid_loss,valid_macro_f1,seconds
            1,10,2,0.3333333333333333,2.5,0.5,1.0E-4,0.4,0.25,1.5
            """);
  }

  @Test
  void writesTheSameInEveryLocale() {
    Path file = folder.resolve("history.csv");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      History.EMPTY.with(FIRST).writeCsv(file);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(file).content().endsWith("1,10,2,0.3333333333333333,2.5,0.5,1.0E-4,0.4,0.25,1.5\n");
  }

  @Test
  void replacesItsOwnFilesOnly() throws IOException {
    Path csv = Files.writeString(folder.resolve("history.csv"), "year,event\n1815,Waterloo\n");
    Path lines = Files.writeString(folder.resolve("history.jsonl"), "{\"epoch\":\"Holocene\"}\n");
    History history = History.EMPTY.with(FIRST);

    assertThatThrownBy(() -> history.writeCsv(csv)).isInstanceOf(FileException.class);
    assertThatThrownBy(() -> history.writeJsonLines(lines)).isInstanceOf(FileException.class);
    assertThat(csv).hasContent("year,event\n1815,Waterloo\n");

    Path own = folder.resolve("own.jsonl");
    history.writeJsonLines(own);
    history.writeJsonLines(own);
    assertThat(History.JSON_LINES_MARK.isOn(own)).isTrue();
  }

  @Test
  void writesAJsonObjectPerEpoch() {
    Path file = folder.resolve("history.jsonl");

    History.EMPTY.with(FIRST).writeJsonLines(file);

    assertThat(file)
        .hasContent(
            """
            {"epoch":1,"steps":10,"skipped":2,"loss":0.3333333333333333,"gradientNorm":2.5,\
            "clipShare":0.5,"learningRate":1.0E-4,"validLoss":0.4,"validMacroF1":0.25,"seconds":1.5}
            """);
  }

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("history.csv");
    History two =
        History.EMPTY
            .with(FIRST)
            .with(new EpochRecord(2, 10, 0, Math.PI, 0.1, 0, 5e-5, Double.NaN, 0.5, 1e-9));

    two.writeCsv(file);

    assertThat(History.readCsv(file)).isEqualTo(two);
  }

  @Test
  void namesWhatIsWrongWithAFile() throws IOException {
    Path none = folder.resolve("none.csv");
    Path other = Files.writeString(folder.resolve("a.csv"), "epoch,steps,skipped,loss\n1,2,0,3\n");
    Path text = changed("0.25,1.5", "0.25,long");
    Path shorter = changed("0.25,1.5", "0.25");
    Path half = changed("\n1,10", "\n1.5,10");

    assertThatThrownBy(() -> History.readCsv(none))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.csv: cannot be read");
    assertThatThrownBy(() -> History.readCsv(other))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no column 'gradient_norm', only [epoch, steps, skipped, loss]");
    for (Path file : List.of(text, shorter)) {
      assertThatThrownBy(() -> History.readCsv(file))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("line 2: expected a number in column 'seconds'");
    }
    assertThatThrownBy(() -> History.readCsv(half))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 2: expected a whole number in column 'epoch'");
  }

  private Path changed(String from, String to) throws IOException {
    Path file = folder.resolve("changed-" + to.strip().replace(",", "-") + ".csv");
    History.EMPTY.with(FIRST).writeCsv(file);
    return Files.writeString(file, Files.readString(file).replace(from, to));
  }

  @Test
  void doesNotChangeTheOldHistory() {
    History one = History.EMPTY.with(FIRST);
    one.with(FIRST);

    assertThat(one.epochs()).containsExactly(FIRST);
  }
}
