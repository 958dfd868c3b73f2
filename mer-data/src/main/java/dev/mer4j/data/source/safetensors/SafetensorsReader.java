package dev.mer4j.data.source.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors: a little-endian header length, a JSON header with each tensor's type, shape
 * and byte range, and the values.
 */
public final class SafetensorsReader {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final long LONGEST_HEADER = 100_000_000;

  /** The bytes of memory for a byte of the header, at most. */
  private static final int HEADER_MEMORY = 32;

  private static final Map<String, NumberType> TYPES =
      Map.ofEntries(
          Map.entry("F16", NumberType.FLOAT16),
          Map.entry("BF16", NumberType.BFLOAT16),
          Map.entry("F32", NumberType.FLOAT32),
          Map.entry("F64", NumberType.FLOAT64),
          Map.entry("I8", NumberType.INT8),
          Map.entry("I16", NumberType.INT16),
          Map.entry("I32", NumberType.INT32),
          Map.entry("I64", NumberType.INT64),
          Map.entry("U8", NumberType.UINT8),
          Map.entry("U16", NumberType.UINT16),
          Map.entry("U32", NumberType.UINT32),
          Map.entry("U64", NumberType.UINT64),
          Map.entry("BOOL", NumberType.BOOL));

  private SafetensorsReader() {}

  /** Returns whether the first bytes of a file are those of one: a length and a JSON object. */
  public static boolean matches(byte[] start, long fileLength) {
    if (start.length <= LENGTH_BYTES || start[LENGTH_BYTES] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length >= 2 && length <= LONGEST_HEADER;
  }

  /**
   * Returns the tensors by name.
   *
   * @throws ArrayFormatException if the file is truncated or damaged, or a tensor is of an
   *     unsupported type
   */
  public static Node read(ByteSource file) throws IOException {
    return read(file, Runtime.getRuntime().maxMemory());
  }

  /**
   * Returns the tensors by name.
   *
   * @param memory the bytes of the heap, which limit the header
   */
  static Node read(ByteSource file, long memory) throws IOException {
    long length = file.read(0, LENGTH_BYTES).getLong();
    if (length < 2 || length > Math.min(LONGEST_HEADER, file.length() - LENGTH_BYTES)) {
      throw file.fault(
          0, "truncated: its header would take " + length + " bytes; download it again");
    }
    if (length > memory / HEADER_MEMORY) {
      throw file.fault(
          0, "its header of " + length + " bytes needs more memory than there is; raise -Xmx");
    }
    JsonNode header = header(file, (int) length);
    ByteSource values = file.slice(LENGTH_BYTES + length, file.length() - LENGTH_BYTES - length);
    Map<String, Node> tensors = new LinkedHashMap<>();
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        Range range = Range.of(entry.getKey(), entry.getValue(), values);
        ranges.add(range);
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), range, values));
      }
    }
    requireApart(ranges, values);
    return new DictNode(tensors);
  }

  private static JsonNode header(ByteSource file, int length) throws IOException {
    String text = new String(file.bytes(LENGTH_BYTES, length), StandardCharsets.UTF_8);
    try {
      JsonNode header = JSON.readTree(text);
      if (header.isObject()) {
        return header;
      }
    } catch (JsonProcessingException e) {
      throw file.fault(LENGTH_BYTES, "corrupt: the header is not JSON; download it again");
    }
    throw file.fault(LENGTH_BYTES, "corrupt: the header is not a JSON object; download it again");
  }

  private static Node tensor(String name, JsonNode entry, Range range, ByteSource values) {
    String notation = entry.path("dtype").asText();
    NumberType type = TYPES.get(notation);
    if (type == null) {
      throw values.fault(
          range.from, "unsupported: tensor " + name + " has the type '" + notation + "'");
    }
    JsonNode extents = entry.path("shape");
    long[] shape = new long[extents.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] =
          extents.get(i).canConvertToLong() && extents.get(i).isIntegralNumber()
              ? extents.get(i).asLong()
              : -1;
    }
    if (!extents.isArray()) {
      throw values.fault(range.from, "corrupt: tensor " + name + " has no shape");
    }
    try {
      ByteSource bytes = values.slice(range.from, range.to - range.from);
      return NumericArray.of(
          bytes, type, ByteOrder.LITTLE_ENDIAN, Layout.dense(bytes, shape, false));
    } catch (ArrayFormatException e) {
      throw e.at("tensor " + name);
    }
  }

  /** The position of a tensor's values after the header. */
  private record Range(String name, long from, long to) {
    static Range of(String name, JsonNode entry, ByteSource values) {
      JsonNode from = entry.path("data_offsets").path(0);
      JsonNode to = entry.path("data_offsets").path(1);
      boolean valid =
          from.isIntegralNumber()
              && to.isIntegralNumber()
              && from.canConvertToLong()
              && to.canConvertToLong()
              && from.asLong() >= 0
              && to.asLong() >= from.asLong();
      if (!valid || to.asLong() > values.length()) {
        throw values.fault(
            0,
            "truncated or corrupt: tensor "
                + name
                + " claims the bytes "
                + entry.path("data_offsets")
                + " of "
                + values.length()
                + "; download it again");
      }
      return new Range(name, from.asLong(), to.asLong());
    }
  }

  /** A value belongs to one tensor. */
  private static void requireApart(List<Range> ranges, ByteSource values) {
    ranges.sort(Comparator.comparingLong(Range::from).thenComparingLong(Range::to));
    for (int i = 1; i < ranges.size(); i++) {
      Range previous = ranges.get(i - 1);
      if (ranges.get(i).from < previous.to) {
        throw values.fault(
            previous.to,
            "corrupt: tensors " + previous.name + " and " + ranges.get(i).name + " overlap");
      }
    }
  }
}
