package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.Word;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class WordFileTest {
  private static final Path WORDS = Path.of("src/test/resources/h5py/words.csd");

  @Test
  void wordsOfAnIntervalAreThoseThatOverlapItWithoutPauses() {
    try (WordFile file = WordFile.open(WORDS)) {
      assertThat(file.within("variable", 0, 1.6))
          .containsExactly(
              new Word("well", 0.5, 1), new Word("café", 1, 1.5), new Word("it's", 1.5, 2));
      assertThat(file.within("variable", 0.99, 1)).extracting(Word::text).containsExactly("well");
      assertThat(file.within("variable", 100, 200)).isEmpty();
    }
  }

  @Test
  void aVideoWithoutAnEntryHasNoWords() {
    try (WordFile file = WordFile.open(WORDS)) {
      assertThat(file.has("variable")).isTrue();
      assertThat(file.has("nobody")).isFalse();
      assertThatThrownBy(() -> file.within("nobody", 0, 1))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("has no entry 'nobody'");
    }
  }
}
