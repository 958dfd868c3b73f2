package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of numbers and its presumed content.
 *
 * @param modality the modality; null for labels or unknown content
 * @param named whether the content was determined from a name rather than from the numbers
 */
record Candidate(
    Path path, String root, int width, boolean labels, @Nullable Modality modality, boolean named) {
  private static final PerModality<List<String>> HINTS =
      PerModality.of(
          Modality.TEXT,
          List.of("glove", "wordvector", "bert", "word2vec", "fasttext", "language"),
          Modality.AUDIO,
          List.of(
              "covarep",
              "covareap",
              "coavarep",
              "acoustic",
              "audio",
              "opensmile",
              "egemaps",
              "wav2vec",
              "hubert",
              "wavlm",
              "vggish",
              "mfcc"),
          Modality.VISUAL,
          List.of("openface", "facet", "visual", "vision"));
  private static final double LOWEST_LABEL = -3.5;
  private static final double HIGHEST_LABEL = 3.5;

  /** Separates the row periods of audio, 10 or 20 ms, from those of video, 33 ms. */
  private static final double AUDIO_SECONDS = 0.025;

  /** Separates the row periods of video from those of words, 350 ms. */
  private static final double VISUAL_SECONDS = 0.1;

  /** The largest row period that indicates text. */
  private static final double TEXT_SECONDS = 2;

  /**
   * Examines a file.
   *
   * @param subfolder the name of its subfolder; empty if it is in the data folder itself
   * @return the candidate; null for a file of words
   */
  static @Nullable Candidate of(CsdFile csd, String subfolder) {
    TypicalEntry typical = TypicalEntry.of(csd);
    if (typical.text()) {
      return null;
    }
    boolean narrow = typical.width() == 6 || typical.width() == 7;
    // A root name is more reliable than a file name, so it is checked first.
    for (String name : List.of(csd.root(), csd.path().getFileName().toString(), subfolder)) {
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      if (narrow && plain.contains("label")) {
        return new Candidate(csd.path(), csd.root(), typical.width(), true, null, true);
      }
      Modality modality = hinted(plain);
      if (modality != null) {
        return new Candidate(csd.path(), csd.root(), typical.width(), false, modality, true);
      }
    }
    CsdEntry entry = readable(csd, typical);
    boolean labels = narrow && looksLikeLabels(entry);
    return new Candidate(
        csd.path(), csd.root(), typical.width(), labels, labels ? null : byRate(entry), false);
  }

  /**
   * Returns the modality with the longest hint in the name, so that HuBERT is not mistaken for
   * BERT.
   */
  private static @Nullable Modality hinted(String name) {
    @Nullable Modality best = null;
    int longest = 0;
    for (Modality modality : Modality.MOSEI) {
      for (String hint : HINTS.get(modality)) {
        if (hint.length() > longest && name.contains(hint)) {
          longest = hint.length();
          best = modality;
        }
      }
    }
    return best;
  }

  /**
   * Reads an undamaged entry of the typical shape.
   *
   * @throws FileException with the fault of the typical entry if all are damaged
   */
  private static CsdEntry readable(CsdFile csd, TypicalEntry typical) {
    try {
      return csd.read(typical.entry());
    } catch (FileException e) {
      for (String video : csd.videos()) {
        CsdEntry entry = readOrNull(csd, video);
        if (entry != null && entry.count() > 0 && entry.rows().width() == typical.width()) {
          return entry;
        }
      }
      throw e;
    }
  }

  private static @Nullable CsdEntry readOrNull(CsdFile csd, String video) {
    try {
      return csd.read(video);
    } catch (FileException e) {
      return null;
    }
  }

  private static boolean looksLikeLabels(CsdEntry entry) {
    double seconds = 0;
    for (int row = 0; row < entry.count(); row++) {
      seconds += Math.abs(entry.end(row) - entry.start(row));
      for (int column = 0; column < entry.rows().width(); column++) {
        double value = entry.rows().at(row, column);
        if (Double.isFinite(value) && (value < LOWEST_LABEL || value > HIGHEST_LABEL)) {
          return false;
        }
      }
    }
    return seconds > 10 * VISUAL_SECONDS * entry.count();
  }

  private static @Nullable Modality byRate(CsdEntry entry) {
    double seconds = seconds(entry);
    if (seconds < AUDIO_SECONDS) {
      return Modality.AUDIO;
    }
    if (seconds < VISUAL_SECONDS) {
      return Modality.VISUAL;
    }
    return seconds < TEXT_SECONDS ? Modality.TEXT : null;
  }

  /** Returns the median row period; for a single row, its duration. */
  private static double seconds(CsdEntry entry) {
    double[] starts = new double[entry.count()];
    Arrays.setAll(starts, entry::start);
    Arrays.sort(starts);
    double[] steps = new double[starts.length - 1];
    Arrays.setAll(steps, i -> starts[i + 1] - starts[i]);
    Arrays.sort(steps);
    return steps.length > 0 ? steps[steps.length / 2] : Math.abs(entry.end(0) - entry.start(0));
  }

  /** Returns the file, its root group and its width, for messages. */
  String description() {
    return String.format(
        Locale.ROOT, "%s (root '%s', %d columns)", path.getFileName(), root, width);
  }
}
