package dev.mer4j.cli;

import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.csd.Word;
import dev.mer4j.data.segment.WordFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the words of a segment. */
final class SegmentWords {
  private SegmentWords() {}

  /**
   * Returns the words of a segment in order of time; empty if they are unknown. A note reports why
   * a given file has none.
   *
   * @param given the file of words, or null for the only one in the folder of the data
   * @param data null for a store
   * @throws dev.mer4j.FileException if the file cannot be read, or has no words
   */
  static List<Word> of(
      Console console, @Nullable Path given, @Nullable RawData data, SegmentInfo segment) {
    Path path = given == null ? found(data) : given;
    if (path == null) {
      return List.of();
    }
    if (!(segment.end() > segment.start())) {
      return none(console, given, "the times of the segment are unknown");
    }
    try (WordFile file = WordFile.open(path)) {
      String video = segment.id().video();
      return file.has(video)
          ? file.within(video, segment.start(), segment.end())
          : none(console, given, path + " has no words of video '" + video + "'");
    }
  }

  private static @Nullable Path found(@Nullable RawData data) {
    List<Path> files =
        data == null
            ? List.of()
            : data.folder().files().skipped().stream()
                .filter(SkippedFile::hasWords)
                .map(SkippedFile::file)
                .toList();
    return files.size() == 1 ? files.get(0) : null;
  }

  private static List<Word> none(Console console, @Nullable Path given, String reason) {
    if (given != null) {
      console.note("no words: %s", reason);
    }
    return List.of();
  }
}
