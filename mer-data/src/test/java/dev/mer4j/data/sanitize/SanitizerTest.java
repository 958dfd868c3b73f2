package dev.mer4j.data.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SanitizerTest {
  @Test
  void sanitizesAndCountsEveryKindOfFault() {
    double[] values = {
      Double.NaN,
      1.5, //
      Double.NEGATIVE_INFINITY,
      -2.5, //
      Double.POSITIVE_INFINITY,
      33_000_000, //
      Double.MAX_VALUE,
      -1e300, //
      0,
      0, //
      -0.0,
      Double.NaN, //
      10_000,
      -10_000, //
      0,
      0
    };
    Sanitized sanitized = sanitize(SanitizeOptions.DEFAULT, values);

    assertThat(sanitized.features().values())
        .containsExactly(0, 1.5f, 0, -2.5f, 0, 1e4f, 1e4f, -1e4f, 0, 0, -0f, 0, 1e4f, -1e4f, 0, 0);
    assertThat(sanitized.counts()).isEqualTo(new SanitizeCounts(1, 1, 16, 2, 1, 1, 3, 3, 2));
  }

  @Test
  void keepsValidValues() {
    Sanitized sanitized = sanitize(SanitizeOptions.DEFAULT, 1, 2, 3, 4);
    assertThat(sanitized.features().values()).containsExactly(1, 2, 3, 4);
    assertThat(sanitized.counts()).isEqualTo(new SanitizeCounts(1, 0, 4, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void valuesOfSinglePrecisionGiveTheResultOfDoubles() {
    float[] values = {
      1.5f,
      -0f, //
      Float.NaN,
      2, //
      Float.NEGATIVE_INFINITY,
      Float.MAX_VALUE, //
      Float.MIN_VALUE,
      0
    };
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    int[] order = {3, 0, 2, 1, 0};
    Sanitizer sanitizer = new Sanitizer(SanitizeOptions.DEFAULT);
    Sanitized singles =
        sanitizer.sanitize(Modality.AUDIO, new SegmentRows(new Rows.Floats(2, values), order));
    Sanitized others =
        sanitizer.sanitize(Modality.AUDIO, new SegmentRows(new Rows.Doubles(2, doubles), order));

    assertThat(singles.features().values())
        .containsExactly(Float.MIN_VALUE, 0, 1.5f, -0f, 0, 1e4f, 0, 2, 1.5f, -0f)
        .containsExactly(others.features().values());
    assertThat(singles.counts()).isEqualTo(others.counts());
    assertThat(singles.counts()).isEqualTo(new SanitizeCounts(1, 1, 10, 1, 0, 1, 1, 0, 0));
  }

  /** 1e-50 is 0 in float32. */
  @Test
  void aRowOfValuesThatRoundToZeroIsAZeroRow() {
    Sanitized sanitized = sanitize(SanitizeOptions.DEFAULT, 1e-50, 0, 0, -1e-50, 1, 0);
    assertThat(sanitized.counts()).isEqualTo(new SanitizeCounts(1, 0, 6, 0, 0, 0, 0, 2, 1));
  }

  @Test
  void aModalityMayHaveItsOwnLimit() {
    SanitizeOptions options = new SanitizeOptions(1, PerModality.of(Modality.AUDIO, 3.0));
    assertThat(sanitize(options, 5, -5).features().values()).containsExactly(3, -3);
  }

  /** The values of {@code numpy.nan_to_num} for float32. */
  @Test
  void clipsInfiniteValuesIfRequested() {
    SanitizeOptions options = new SanitizeOptions(Float.MAX_VALUE, PerModality.of(), true);
    Sanitized sanitized =
        sanitize(
            options, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 33_000_000);
    assertThat(sanitized.features().values())
        .containsExactly(0, Float.MAX_VALUE, -Float.MAX_VALUE, 33_000_000);
    assertThat(sanitized.counts()).isEqualTo(new SanitizeCounts(1, 1, 4, 1, 1, 1, 0, 0, 0));
  }

  @Test
  void rejectsInvalidLimits() {
    assertThatThrownBy(() -> new SanitizeOptions(0, PerModality.of(Modality.TEXT, Double.NaN)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("limit must be above 0 and finite: 0.0")
        .hasMessageContaining("text limit must be above 0 and finite: NaN");
  }

  private static Sanitized sanitize(SanitizeOptions options, double... values) {
    int[] order = IntStream.range(0, values.length / 2).toArray();
    SegmentRows rows = new SegmentRows(new Rows.Doubles(2, values), order);
    return new Sanitizer(options).sanitize(Modality.AUDIO, rows);
  }
}
