package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A computational sequence of words, such as {@code CMU_MOSEI_TimestampedWords.csd}. Not
 * thread-safe.
 */
public final class WordFile implements AutoCloseable {
  /** What CMU-MOSEI's files contain for a pause. */
  private static final String PAUSE = "sp";

  private final CsdFile file;
  private final VideoEntries entries;

  private WordFile(CsdFile file) {
    this.file = file;
    entries = new VideoEntries(file.videos());
  }

  /**
   * Opens a file.
   *
   * @throws FileException as {@link CsdFile#open}
   */
  public static WordFile open(Path path) {
    return new WordFile(CsdFile.open(path));
  }

  /** Returns whether the file has an entry of a video. */
  public boolean has(String video) {
    return entries.videos().contains(video);
  }

  /**
   * Returns the words of a video that overlap an interval, without pauses, in order of time.
   *
   * @param start seconds into the video
   * @param end seconds into the video
   * @throws FileException if the video has no entry, or an entry cannot be read as words
   */
  public List<Word> within(String video, double start, double end) {
    List<Word> words = new ArrayList<>();
    if (entries.inParts()) {
      for (SegmentId part : entries.parts(video)) {
        words.addAll(file.readWords(part.toString()));
      }
    } else {
      words.addAll(file.readWords(video));
    }
    words.removeIf(
        word ->
            word.text().isBlank()
                || word.text().equals(PAUSE)
                || word.end() <= start
                || word.start() >= end);
    words.sort(Comparator.comparingDouble(Word::start));
    return List.copyOf(words);
  }

  @Override
  public void close() {
    file.close();
  }
}
