package dev.mer4j.data.csd;

import dev.mer4j.data.Modality;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of numbers, and what they seem to be.
 *
 * @param modality null if they are labels
 * @param named whether a name tells, or else the numbers
 */
record Candidate(
    Path path, String root, int width, boolean labels, @Nullable Modality modality, boolean named) {
  private static final Map<Modality, List<String>> HINTS =
      Map.of(
          Modality.TEXT, List.of("glove", "wordvector", "bert"),
          Modality.AUDIO, List.of("covarep", "covareap", "coavarep", "acoustic", "opensmile"),
          Modality.VISUAL, List.of("openface", "facet", "visual"));
  private static final double LOWEST_LABEL = -3.5;
  private static final double HIGHEST_LABEL = 3.5;

  /** Between the rows of audio, 10 ms long, and those of video, 33 ms. */
  private static final double AUDIO_SECONDS = 0.02;

  /** Between the rows of video and words, 350 ms. */
  private static final double VISUAL_SECONDS = 0.1;

  /** Returns null for a file without any numbers. */
  static @Nullable Candidate of(CsdFile csd) {
    String video = csd.typicalVideo();
    EntryShape shape = csd.shape(video);
    if (shape.text()) {
      return null;
    }
    boolean narrow = shape.width() == 6 || shape.width() == 7;
    // A root name is more to be trusted than a file name, so it is looked at first.
    for (String name : List.of(csd.root(), csd.path().getFileName().toString())) {
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      if (narrow && plain.contains("label")) {
        return new Candidate(csd.path(), csd.root(), shape.width(), true, null, true);
      }
      for (Modality modality : Modality.values()) {
        if (HINTS.getOrDefault(modality, List.of()).stream().anyMatch(plain::contains)) {
          return new Candidate(csd.path(), csd.root(), shape.width(), false, modality, true);
        }
      }
    }
    CsdEntry entry = csd.read(video);
    boolean labels = narrow && likeLabels(entry);
    return new Candidate(
        csd.path(), csd.root(), shape.width(), labels, labels ? null : byRate(entry), false);
  }

  private static boolean likeLabels(CsdEntry entry) {
    for (int row = 0; row < entry.count(); row++) {
      for (int column = 0; column < entry.rows().width(); column++) {
        double value = entry.rows().at(row, column);
        if (!(value >= LOWEST_LABEL && value <= HIGHEST_LABEL)) {
          return false;
        }
      }
    }
    return seconds(entry) > 10 * VISUAL_SECONDS;
  }

  private static Modality byRate(CsdEntry entry) {
    double seconds = seconds(entry);
    if (seconds < AUDIO_SECONDS) {
      return Modality.AUDIO;
    }
    return seconds < VISUAL_SECONDS ? Modality.VISUAL : Modality.TEXT;
  }

  /** How long a row lasts on average. */
  private static double seconds(CsdEntry entry) {
    double sum = 0;
    for (int row = 0; row < entry.count(); row++) {
      sum += Math.abs(entry.end(row) - entry.start(row));
    }
    return sum / entry.count();
  }
}
