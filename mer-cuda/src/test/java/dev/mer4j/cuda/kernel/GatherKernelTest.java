package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel concatenates rows exactly and writes nothing else. */
class GatherKernelTest {
  private static final int PIECE = 4096;
  private static final int ROW_BYTES = 24;

  /** Cases with offsets of the source from 16-byte alignment, and gaps between rows, in floats. */
  static Stream<Arguments> cases() {
    int[] ragged = {7, 1, 0, 3, 7, 2};
    int[] manyPieces = {30, 1, 12};
    return Stream.of(713, 300, 74, 3, 1)
        .flatMap(
            width ->
                Stream.of(
                    Arguments.of(width, ragged, 0, 0, 0),
                    Arguments.of(width, ragged, 1, 5, 3),
                    Arguments.of(width, width == 713 ? manyPieces : new int[] {1}, 2, 0, 1)));
  }

  @ParameterizedTest(name = "D = {0}, source at {2}, {3} apart, order {4}")
  @MethodSource("cases")
  void rowsAreConcatenated(int width, int[] lengths, int begin, int apart, int order) {
    int total = Arrays.stream(lengths).sum() * width;
    float[] source = new float[begin + total + lengths.length * apart];
    for (int i = 0; i < source.length; i++) {
      source[i] = i + 0.25f;
    }
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      gpu.order(order);
      long from = gpu.put(source);
      long to = gpu.allocate(total);
      float[] expected = new float[total];
      Struct table = new Struct((long) ROW_BYTES * lengths.length);
      int next = begin;
      int packed = 0;
      for (int length : lengths) {
        int values = length * width;
        table.pointers(from + (long) next * Float.BYTES, to + (long) packed * Float.BYTES);
        table.ints(values, 0);
        System.arraycopy(source, next, expected, packed, values);
        packed += values;
        next += values + apart;
      }
      int longest = IntStream.of(lengths).max().orElseThrow() * width;
      int[] grid = {lengths.length, (longest + PIECE - 1) / PIECE, 1};
      gpu.launch("mer_gather", grid, 256, 0, gpu.put(bytes(table.memory())));
      assertThat(gpu.floats(to, total)).isEqualTo(expected);
    }
  }

  private static int[] bytes(Memory memory) {
    return memory.getIntArray(0, (int) memory.size() / Integer.BYTES);
  }
}
