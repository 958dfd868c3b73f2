package dev.mer4j.report;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.file.FileMark;
import java.nio.file.Path;
import java.util.Locale;

/** A format of files of predictions. */
public enum PredictionFormat {
  /** One JSON object per segment, see {@link PredictionsJson}. */
  JSON_LINES {
    @Override
    public FileMark mark() {
      return PredictionsJson.MARK;
    }

    @Override
    public String header(LabelSet labels, boolean calibrated) {
      return "";
    }

    @Override
    public String lines(Predictions predictions) {
      return PredictionsJson.lines(predictions);
    }
  },

  /** One row per segment, see {@link PredictionsCsv}. */
  CSV {
    @Override
    public FileMark mark() {
      return PredictionsCsv.MARK;
    }

    @Override
    public String header(LabelSet labels, boolean calibrated) {
      return PredictionsCsv.header(labels, calibrated);
    }

    @Override
    public String lines(Predictions predictions) {
      return PredictionsCsv.lines(predictions);
    }
  };

  /** Returns CSV for a file whose name ends in {@code .csv}, otherwise JSON lines. */
  public static PredictionFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") ? CSV : JSON_LINES;
  }

  /** Returns the mark of files of this format. */
  public abstract FileMark mark();

  /**
   * Returns the text before the first segment.
   *
   * @param calibrated whether the model has temperatures
   */
  public abstract String header(LabelSet labels, boolean calibrated);

  /** Returns the lines of segments, each with a newline at its end. */
  public abstract String lines(Predictions predictions);
}
