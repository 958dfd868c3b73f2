package dev.mer4j.data.source.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.HeapBytes;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NullNode;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.dataset.SegmentArrays.DialogueLength;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SegmentArraysTest {
  private static final Path FILE = Path.of("dialogues.pkl");
  private static final List<DialogueLength> TWO = List.of(new DialogueLength("a", 2));

  /** Returns an array of the numbers 0, 1, … */
  private static NumericArray array(long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return NumericArray.of(FILE, IntStream.range(0, size).asDoubleStream().toArray(), shape);
  }

  private static SegmentArrays dialogue(Node utterances) {
    return SegmentArrays.ofDialogues(FILE, "3", new DictNode(Map.of("a", utterances)), TWO);
  }

  private static ListNode numbers(double... values) {
    return new ListNode(Arrays.stream(values).mapToObj(v -> (Node) new NumberNode(v)).toList());
  }

  @Test
  void utterancesAreRowsOrArrays() {
    SegmentArrays vectors = dialogue(array(2, 3));
    assertThat(vectors.steps(1)).isEqualTo(1);
    assertThat(vectors.get(1).readDoubles(0, 3)).containsExactly(3, 4, 5);

    SegmentArrays rows = dialogue(array(2, 4, 3));
    assertThat(rows.steps(1)).isEqualTo(4);
    assertThat(rows.width(1)).isEqualTo(3);

    SegmentArrays list = dialogue(new ListNode(List.of(array(3), array(5, 3))));
    assertThat(list.steps(0)).isEqualTo(1);
    assertThat(list.steps(1)).isEqualTo(5);

    SegmentArrays lists = dialogue(new ListNode(List.of(numbers(1, 2), numbers(3, 4))));
    assertThat(lists.get(1).readDoubles(0, 2)).containsExactly(3, 4);
  }

  /** Returns what torch's expand makes of a single number. */
  private static NumericArray expanded(long... shape) {
    HeapBytes bytes = new HeapBytes(new byte[Float.BYTES], 0, FILE);
    Layout layout = Layout.strided(bytes, shape, new long[shape.length], 0);
    return NumericArray.of(bytes, NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, layout);
  }

  @Test
  void viewsThatExceedTheMemoryAreRefused() {
    SegmentArrays steps = SegmentArrays.of(FILE, "audio", expanded(3, 1L << 31, 2));
    assertThatThrownBy(() -> steps.steps(2))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("audio: segment 2 is a float32 array [2147483648, 2], of more than");
    SegmentArrays empty = SegmentArrays.of(FILE, "audio", expanded(3, 1L << 31, 0));
    assertThatThrownBy(() -> empty.steps(0)).isInstanceOf(FileException.class);
    assertThatThrownBy(() -> SegmentArrays.of(FILE, "audio", expanded(Integer.MAX_VALUE, 2)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("audio has 2,147,483,647 segments, which need more memory");
  }

  @Test
  void aDialogueWithoutAValueIsAbsent() {
    SegmentArrays absent =
        SegmentArrays.ofDialogues(
            FILE,
            "3",
            new DictNode(Map.of("b", array(1, 3))),
            List.of(new DialogueLength("a", 2), new DialogueLength("b", 1)));
    ArrayFeatures features = new ArrayFeatures(absent);

    assertThat(features.has(0)).isFalse();
    assertThat(features.has(2)).isTrue();
    assertThat(features.width()).isEqualTo(3);
  }

  @Test
  void noneIsASegmentWithoutRows() {
    SegmentArrays list =
        SegmentArrays.of(FILE, "text", new ListNode(List.of(array(2, 3), new NullNode())));
    ArrayFeatures features = new ArrayFeatures(list);

    assertThat(features.has(0)).isTrue();
    assertThat(features.has(1)).isFalse();
  }

  @Test
  void anotherNumberOfUtterancesIsAnError() {
    assertThatThrownBy(() -> dialogue(array(3, 3)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("3/a is a float64 array [3, 3], its labels are 2");
    assertThatThrownBy(() -> dialogue(new NumberNode(3)))
        .hasMessageContaining("3/a is the number 3, its labels are 2");
    SegmentArrays mixed = dialogue(new ListNode(List.of(array(3), new NumberNode(3))));
    assertThatThrownBy(() -> mixed.get(1)).hasMessageContaining("expected an array [T, D] or [D]");
  }

  @Test
  void extentsOfOneBeforeTheRowsAreIgnored() {
    assertThat(SegmentArrays.single(FILE, "", array(1, 1, 4, 3)).steps(0)).isEqualTo(4);
    assertThatThrownBy(() -> SegmentArrays.single(FILE, "", array(2, 4, 3)))
        .hasMessageContaining("the rows of a segment are an array [T, D]");
  }
}
