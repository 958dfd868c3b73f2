package dev.mer4j.data.csd;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of numbers, and what they seem to be.
 *
 * @param modality null if they are labels, or if nothing tells
 * @param named whether a name tells, or else the numbers
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

  /** Between the rows of audio, 10 or 20 ms apart, and those of video, 33 ms. */
  private static final double AUDIO_SECONDS = 0.025;

  /** Between the rows of video and words, 350 ms. */
  private static final double VISUAL_SECONDS = 0.1;

  /** Rows farther apart are not of one modality rather than another. */
  private static final double TEXT_SECONDS = 2;

  /**
   * Looks at a file.
   *
   * @param subfolder the name of the subfolder that holds it; empty if it is in the data's folder
   * @return null for a file of words
   */
  static @Nullable Candidate of(CsdFile csd, String subfolder) {
    TypicalEntry typical = TypicalEntry.of(csd);
    if (typical.text()) {
      return null;
    }
    boolean narrow = typical.width() == 6 || typical.width() == 7;
    // A root name is more to be trusted than a file name, so it is looked at first.
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
    CsdEntry entry = csd.read(typical.entry());
    boolean labels = narrow && likeLabels(entry);
    return new Candidate(
        csd.path(), csd.root(), typical.width(), labels, labels ? null : byRate(entry), false);
  }

  /**
   * Returns the modality with the longest hint in the name, so that HuBERT is not taken as BERT.
   */
  private static @Nullable Modality hinted(String name) {
    @Nullable Modality best = null;
    int longest = 0;
    for (Modality modality : Modality.values()) {
      for (String hint : HINTS.get(modality)) {
        if (hint.length() > longest && name.contains(hint)) {
          longest = hint.length();
          best = modality;
        }
      }
    }
    return best;
  }

  private static boolean likeLabels(CsdEntry entry) {
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

  /** How far the rows are apart, by the median; of a single row, how long it lasts. */
  private static double seconds(CsdEntry entry) {
    double[] starts = new double[entry.count()];
    Arrays.setAll(starts, entry::start);
    Arrays.sort(starts);
    double[] steps = new double[starts.length - 1];
    Arrays.setAll(steps, i -> starts[i + 1] - starts[i]);
    Arrays.sort(steps);
    return steps.length > 0 ? steps[steps.length / 2] : Math.abs(entry.end(0) - entry.start(0));
  }

  /** The file, its root group and its width, for messages. */
  String description() {
    return String.format(
        Locale.ROOT, "%s (root '%s', %d columns)", path.getFileName(), root, width);
  }
}
