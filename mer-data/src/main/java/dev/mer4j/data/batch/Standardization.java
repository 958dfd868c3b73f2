package dev.mer4j.data.batch;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import java.util.Arrays;
import java.util.Locale;

/**
 * The shift and scale of every feature column: {@code (x - mean) · scale}.
 *
 * <p>Fit it on the training fold only. It is part of a model, like the weights.
 *
 * @param columns of each modality
 */
public record Standardization(PerModality<Columns> columns) {
  public Standardization {
    columns = columns.sorted();
  }

  /**
   * One modality's columns.
   *
   * @param mean [D]
   * @param scale [D], each finite and at least 0: the inverse standard deviation; 0 for a constant
   *     column, so that a value unseen in training is not magnified
   */
  public record Columns(double[] mean, double[] scale) {
    public Columns {
      if (mean.length != scale.length || mean.length == 0) {
        throw new MerException(
            String.format(
                Locale.ROOT, "standardization: %d means and %d scales", mean.length, scale.length));
      }
      for (int d = 0; d < mean.length; d++) {
        if (!(Double.isFinite(mean[d]) && scale[d] >= 0 && Double.isFinite(scale[d]))) {
          throw new MerException(
              String.format(
                  Locale.ROOT,
                  "standardization: column %d has mean %s and scale %s",
                  d,
                  mean[d],
                  scale[d]));
        }
      }
      mean = mean.clone();
      scale = scale.clone();
    }

    /** D. */
    public int width() {
      return mean.length;
    }
  }

  /**
   * Returns the identity standardization.
   *
   * @param widths D of each modality
   */
  public static Standardization identity(PerModality<Integer> widths) {
    return new Standardization(widths.map(Standardization::unchanged));
  }

  private static Columns unchanged(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return new Columns(new double[width], ones);
  }

  /**
   * Returns the standardization that gives these segments' columns mean 0 and standard deviation 1.
   */
  public static Standardization fit(SegmentSet segments) {
    PerModality<ColumnMoments> moments = segments.widths().map(ColumnMoments::new);
    float[] values = new float[0];
    for (int s = 0; s < segments.size(); s++) {
      SegmentInfo info = segments.info(s);
      for (Modality modality : info.modalities().toList()) {
        int steps = info.steps(modality);
        int size = steps * segments.widths().get(modality);
        values = values.length < size ? new float[size] : values;
        segments.read(s, modality, values, 0);
        moments.get(modality).add(values, steps);
      }
    }
    return of(moments);
  }

  /** Returns the standardization of these moments; modalities without rows are unchanged. */
  public static Standardization of(PerModality<ColumnMoments> moments) {
    return new Standardization(moments.map(Standardization::columns));
  }

  private static Columns columns(ColumnMoments fitted) {
    Columns own = fitted.columns();
    return fitted.count() > 0 ? own : unchanged(own.width());
  }

  /**
   * Returns the columns of one modality.
   *
   * @throws MerException if the modality has none
   */
  public Columns of(Modality modality) {
    return columns
        .find(modality)
        .orElseThrow(() -> new MerException("standardization: no columns for " + modality.key()));
  }
}
