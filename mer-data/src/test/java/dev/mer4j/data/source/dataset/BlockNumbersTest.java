package dev.mer4j.data.source.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.HeapBytes;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Labels and lengths that are arrays of anything else. */
final class BlockNumbersTest {
  private static final Path FILE = Path.of("x.pt");

  /** Returns what torch's expand makes of a single number, which is 0. */
  private static NumericArray expanded(long... shape) {
    HeapBytes bytes = new HeapBytes(new byte[Float.BYTES], 0, FILE);
    Layout layout = Layout.strided(bytes, shape, new long[shape.length], 0);
    return NumericArray.of(bytes, NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, layout);
  }

  @Test
  void labelsThatAreAsLargeAsFeaturesAreNotRead() {
    LabelNumbers labels = LabelNumbers.of(FILE, "labels", 3, expanded(3, 7));
    assertThat(labels).isNotNull();
    assertThat(labels.row(2)).hasSize(7).containsOnly(0);
    assertThatThrownBy(() -> LabelNumbers.of(FILE, "labels", 3, expanded(3, 1L << 40)))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "x.pt: labels is a float32 array [3, 1099511627776], the features have 3 segments");
  }

  @Test
  void lengthsOfAnotherNumberOfSegmentsAreNotRead() {
    ArrayFeatures audio = new ArrayFeatures(SegmentArrays.of(FILE, "audio", expanded(3, 4, 2)));
    assertThat(lengths(expanded(3, 1), audio)).isNotNull();
    assertThatThrownBy(() -> lengths(expanded(1L << 40), audio))
        .isInstanceOf(FileException.class)
        .hasMessage("x.pt: audio_lengths is a float32 array [1099511627776], audio has 3 segments");
  }

  private static Object lengths(NumericArray lengths, ArrayFeatures audio) {
    DictNode dict = new DictNode(Map.of("audio_lengths", lengths));
    return BlockLengths.of(FILE, "", dict, Modality.AUDIO, audio);
  }
}
