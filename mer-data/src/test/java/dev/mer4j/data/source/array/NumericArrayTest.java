package dev.mer4j.data.source.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumericArrayTest {
  private static final long[] SHAPE = {60_000, 50, 700};

  /** Float64 numbers that are their own index: 16.8 GB that nobody stores. */
  private record Indices(long length) implements ByteSource {
    @Override
    public void read(long position, ByteBuffer target) {
      checkRange(position, target.remaining());
      assertThat(position % Double.BYTES).isZero();
      ByteBuffer numbers = target.slice().order(ByteOrder.LITTLE_ENDIAN);
      for (long i = position / Double.BYTES; numbers.hasRemaining(); i++) {
        numbers.putDouble((double) i);
      }
      target.position(target.limit());
    }

    @Override
    public long offset(long position) {
      return position;
    }

    @Override
    public Path file() {
      return Path.of("x.npy");
    }
  }

  @ParameterizedTest(name = "Fortran order: {0}")
  @ValueSource(booleans = {false, true})
  void rowsOfAnArrayOver2GibAreReadWhereverTheyAre(boolean fortran) {
    Indices bytes = new Indices(SHAPE[0] * SHAPE[1] * SHAPE[2] * Double.BYTES);
    NumericArray array = array(bytes, Layout.dense(bytes, SHAPE, fortran));
    Random random = new Random(1);
    for (long row : new long[] {0, SHAPE[0] - 1, random.nextInt(60_000), 30_000, 30_001}) {
      double[] values = array.readDoubles(row, row + 1);
      for (int draw = 0; draw < 1000; draw++) {
        long step = random.nextInt(50);
        long column = random.nextInt(700);
        long index =
            fortran
                ? row + SHAPE[0] * (step + SHAPE[1] * column)
                : (row * SHAPE[1] + step) * SHAPE[2] + column;
        assertThat((long) values[(int) (step * 700 + column)]).isEqualTo(index);
      }
    }
  }

  @Test
  void rowsOfScatteredViewsAreReadInBlocks() {
    // Every second number of every third row of a table of 100 columns, and the transpose.
    long rows = 40_000;
    Indices bytes = new Indices(rows * 3 * 100 * Double.BYTES);
    Layout layout = Layout.strided(bytes, new long[] {rows, 50}, new long[] {300, 2}, 1);
    NumericArray view = array(bytes, layout);
    NumericArray transposed = array(bytes, layout.transpose(new int[] {1, 0}));
    Random random = new Random(2);
    double[] column = transposed.readDoubles(7, 8);
    for (int draw = 0; draw < 200; draw++) {
      int row = random.nextInt((int) rows);
      double[] values = view.readDoubles(row, row + 1);
      for (int i = 0; i < 50; i++) {
        assertThat(values[i]).isEqualTo(300.0 * row + 2 * i + 1);
      }
      assertThat(column[row]).isEqualTo(300.0 * row + 15);
    }
  }

  /** Counts the reads of another source. */
  private static final class Counted implements ByteSource {
    private final ByteSource bytes;
    private int reads;
    private int backwards;
    private long last;

    Counted(ByteSource bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
      reads++;
      backwards += position < last ? 1 : 0;
      last = position;
      bytes.read(position, target);
    }

    @Override
    public long offset(long position) {
      return bytes.offset(position);
    }

    @Override
    public Path file() {
      return bytes.file();
    }
  }

  @ParameterizedTest(name = "from the last row on: {0}")
  @ValueSource(booleans = {false, true})
  void segmentsOfAnArrayInFortranOrderAreReadTogether(boolean backwards) {
    long[] shape = {900, 6, 5};
    Counted bytes = new Counted(new Indices(900 * 6 * 5 * Double.BYTES));
    NumericArray array = array(bytes, Layout.dense(bytes, shape, true));
    for (int i = 0; i < 900; i++) {
      int row = backwards ? 899 - i : i;
      double[] values = array.row(row).readDoubles(2, 4);
      for (int column = 0; column < 5; column++) {
        assertThat(values[column]).isEqualTo(row + 900.0 * (2 + 6 * column));
        assertThat(values[5 + column]).isEqualTo(row + 900.0 * (3 + 6 * column));
      }
    }
    assertThat(bytes.reads).isEqualTo(6 * 5);
    assertThat(bytes.backwards).isZero();
  }

  @Test
  void largeDoublesBecomeInfinite() {
    byte[] numbers = new byte[16];
    ByteBuffer.wrap(numbers).putDouble(1e39).putDouble(-3.5e38);
    ByteSource bytes = new HeapBytes(numbers, 0, Path.of("x.npy"));
    NumericArray array =
        NumericArray.of(
            bytes,
            NumberType.FLOAT64,
            ByteOrder.BIG_ENDIAN,
            Layout.dense(bytes, new long[] {2}, false));
    assertThat(array.readRows(0, 2))
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(array.readDoubles(0, 2)).containsExactly(1e39, -3.5e38);
  }

  @Test
  void rowsThatAreNotThereOrTooManyAreErrorsOfTheCaller() {
    Indices bytes = new Indices(SHAPE[0] * SHAPE[1] * SHAPE[2] * Double.BYTES);
    NumericArray array = array(bytes, Layout.dense(bytes, SHAPE, false));
    assertThatThrownBy(() -> array.readRows(0, SHAPE[0] + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> array.readRows(0, SHAPE[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("60000 rows of 35000 numbers are too many for one read");
    assertThatThrownBy(() -> array.readRows(0, 1, new float[34_999], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void viewsBeyondTheirStorageAreRefused() {
    Indices bytes = new Indices(10 * Double.BYTES);
    long[] shape = {3, 3};
    assertThat(array(bytes, Layout.strided(bytes, shape, new long[] {3, 1}, 1)).size())
        .isEqualTo(9);
    for (long[] strides : new long[][] {{3, 2}, {4, 1}, {Long.MAX_VALUE, 1}, {1, -1}}) {
      assertThatThrownBy(() -> array(bytes, Layout.strided(bytes, shape, strides, 1)))
          .isInstanceOf(ArrayFormatException.class)
          .hasMessageContaining("view of shape [3, 3]");
    }
  }

  private static NumericArray array(ByteSource bytes, Layout layout) {
    return NumericArray.of(bytes, NumberType.FLOAT64, ByteOrder.LITTLE_ENDIAN, layout);
  }
}
