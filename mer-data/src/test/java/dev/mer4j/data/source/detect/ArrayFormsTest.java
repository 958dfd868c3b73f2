package dev.mer4j.data.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.BooleanNode;
import dev.mer4j.data.source.array.BytesNode;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NullNode;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
import dev.mer4j.data.source.array.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what Python wrote in every form: see src/test/python/array_forms.py. */
final class ArrayFormsTest {
  @TempDir Path folder;

  static List<String> archives() {
    return ArrayForms.ARCHIVES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("archives")
  void everyValueIsReadAsPythonReadsIt(String archive) throws IOException {
    ArrayForms.unpack(archive, folder);
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    for (Map.Entry<String, JsonNode> file : expected.properties()) {
      JsonNode value = file.getValue();
      try (ArrayFile arrays = ArrayFiles.open(folder.resolve(file.getKey()))) {
        requireEqual(
            file.getKey(), arrays.root(), value.isTextual() ? expected.get(value.asText()) : value);
      }
    }
  }

  @Test
  void rowsAreReadInAnyOrderAndNumber() throws IOException {
    List<Path> files = ArrayForms.unpack("arrays.zip", folder);
    int count = 0;
    for (Path file : files) {
      try (ArrayFile arrays = ArrayFiles.open(file)) {
        for (Map.Entry<String, NumericArray> entry : arrays.numericArrays().entrySet()) {
          requireRows(file + ": " + entry.getKey(), entry.getValue());
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(500);
  }

  private static void requireRows(String place, NumericArray array) {
    int rows = (int) array.rows();
    int width = (int) array.rowSize();
    float[] all = array.readRows(0, rows);
    for (int from = rows - 1; from >= 0; from--) {
      for (int to = rows; to >= from; to -= 2) {
        float[] part = new float[(to - from) * width + 2];
        array.readRows(from, to, part, 1);
        assertThat(Arrays.copyOfRange(part, 1, part.length - 1))
            .as(place)
            .isEqualTo(Arrays.copyOfRange(all, from * width, to * width));
      }
      NumericArray row = array.row(from);
      assertThat(row.readRows(0, row.rows()))
          .as(place)
          .isEqualTo(Arrays.copyOfRange(all, from * width, (from + 1) * width));
    }
    double[] doubles = array.readDoubles(0, rows);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).as(place).isEqualTo((float) doubles[i]);
    }
  }

  private static void requireEqual(String place, Node node, JsonNode expected) {
    if (expected.has("dict")) {
      Map<String, Node> entries = ((DictNode) node).entries();
      List<String> keys = new ArrayList<>();
      expected.get("dict").fieldNames().forEachRemaining(keys::add);
      assertThat(entries.keySet()).as(place).containsExactlyElementsOf(keys);
      keys.forEach(
          key -> requireEqual(place + "/" + key, entries.get(key), expected.get("dict").get(key)));
    } else if (expected.has("list")) {
      List<Node> items = ((ListNode) node).items();
      assertThat(items).as(place).hasSize(expected.get("list").size());
      for (int i = 0; i < items.size(); i++) {
        requireEqual(place + "/" + i, items.get(i), expected.get("list").get(i));
      }
    } else if (expected.has("numbers")) {
      double[] numbers = ((ListNode) node).numbers().orElseThrow();
      assertThat(numbers)
          .as(place)
          .containsExactly(
              IntStream.range(0, expected.get("numbers").size())
                  .mapToDouble(i -> number(expected.get("numbers").get(i).asText()))
                  .toArray());
    } else if (expected.has("sha256")) {
      NumericArray array = (NumericArray) node;
      assertThat(array.type()).as(place).hasToString(expected.get("type").asText());
      assertThat(array.shape()).as(place).containsExactly(shape(expected));
      assertThat(sha256(array.readRows(0, array.rows())))
          .as(place)
          .startsWith(expected.get("sha256").asText());
    } else if (expected.has("texts")) {
      TextArray texts = (TextArray) node;
      assertThat(texts.shape()).as(place).containsExactly(shape(expected));
      List<String> values = new ArrayList<>();
      expected.get("texts").forEach(text -> values.add(text.asText()));
      assertThat(texts.texts()).as(place).containsExactlyElementsOf(values);
    } else {
      assertThat(leaf(node)).as(place).isEqualTo(leaf(expected));
    }
  }

  private static Object leaf(Node node) {
    if (node instanceof NumberNode number) {
      return number.value().doubleValue();
    }
    if (node instanceof BooleanNode flag) {
      return flag.value();
    }
    if (node instanceof TextNode text) {
      return text.value();
    }
    if (node instanceof BytesNode bytes) {
      try {
        return "bytes "
            + HexFormat.of().formatHex(bytes.bytes().bytes(0, (int) bytes.bytes().length()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return node instanceof NullNode ? "none" : node;
  }

  private static Object leaf(JsonNode expected) {
    if (expected.has("number")) {
      return number(expected.get("number").asText());
    }
    if (expected.has("bool")) {
      return expected.get("bool").asBoolean();
    }
    if (expected.has("bytes")) {
      return "bytes " + expected.get("bytes").asText();
    }
    return expected.has("none") ? "none" : expected.get("text").asText();
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static long[] shape(JsonNode expected) {
    long[] shape = new long[expected.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = expected.get("shape").get(i).asLong();
    }
    return shape;
  }

  private static String sha256(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
