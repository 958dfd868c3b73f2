package dev.mer4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.TestSegments;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StandardizationTest {
  @Test
  void equalsMeanAndDeviationComputedInTwoPasses() {
    SegmentList segments = TestSegments.random(40, 5);
    Standardization fitted = Standardization.fit(segments);
    for (Modality modality : Modality.MOSEI) {
      int width = segments.widths().get(modality);
      for (int d = 0; d < width; d++) {
        double[] column = TestSegments.column(segments, modality, d);
        double mean = 0;
        for (double x : column) {
          mean += x / column.length;
        }
        double squares = 0;
        for (double x : column) {
          squares += (x - mean) * (x - mean) / column.length;
        }
        assertThat(fitted.of(modality).mean()[d]).isCloseTo(mean, within(1e-10));
        assertThat(fitted.of(modality).scale()[d]).isCloseTo(1 / Math.sqrt(squares), within(1e-10));
      }
    }
  }

  @Test
  void keepsItsPrecisionFarFromZero() {
    ColumnMoments moments = new ColumnMoments(1);
    Random random = new Random(1);
    double sum = 0;
    double squares = 0;
    float[] chunk = new float[100];
    for (int p = 0; p < 100; p++) {
      for (int i = 0; i < chunk.length; i++) {
        chunk[i] = 9000 + (float) random.nextGaussian();
        sum += chunk[i] - 9000.0;
        squares += (chunk[i] - 9000.0) * (chunk[i] - 9000.0);
      }
      moments.add(chunk, chunk.length);
    }
    double mean = sum / 10_000;
    double deviation = Math.sqrt(squares / 10_000 - mean * mean);
    assertThat(moments.columns().mean()[0]).isCloseTo(9000 + mean, within(1e-9));
    assertThat(moments.columns().scale()[0]).isCloseTo(1 / deviation, within(1e-9));
  }

  @Test
  void aConstantColumnBecomesZeroForAnyValue() {
    ColumnMoments moments = new ColumnMoments(2);
    moments.add(new float[] {7, 0, 7, 0}, 2);
    assertThat(moments.columns().mean()).containsExactly(7, 0);
    assertThat(moments.columns().scale()).containsExactly(0, 0);
  }

  @Test
  void withoutRowsIsTheIdentity() {
    Standardization.Columns columns =
        Standardization.of(PerModality.of(Modality.TEXT, new ColumnMoments(2))).of(Modality.TEXT);
    assertThat(columns.mean()).containsExactly(0, 0);
    assertThat(columns.scale()).containsExactly(1, 1);
  }

  @Test
  void rejectsInvalidColumns() {
    assertThatThrownBy(() -> new Standardization.Columns(new double[] {Double.NaN}, new double[1]))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("column 0 has mean NaN");
    assertThatThrownBy(() -> new Standardization(PerModality.of()).of(Modality.TEXT))
        .hasMessageContaining("no columns for text");
  }
}
