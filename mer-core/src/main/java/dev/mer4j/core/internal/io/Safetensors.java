package dev.mer4j.core.internal.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes float32 tensors in the safetensors format: a little-endian header length, a JSON
 * header with each tensor's type, shape and byte range, and the values.
 */
public final class Safetensors {
  private static final String METADATA = "__metadata__";

  /** The types that PyTorch converts to float32. */
  private static final Set<String> FLOATS = Set.of("F16", "BF16", "F64");

  private static final int LENGTH_BYTES = Long.BYTES;
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /** Returns a mark that recognizes files with a tensor whose name has a prefix. */
  public static FileMark mark(String prefix) {
    return file -> {
      try (FileChannel channel = FileChannel.open(file)) {
        return header(file, channel).properties().stream()
            .anyMatch(entry -> entry.getKey().startsWith(prefix));
      } catch (FileException e) {
        return false;
      }
    };
  }

  /**
   * Writes tensors in the given order.
   *
   * @throws FileException as thrown by {@link OutputFile#write(OutputFile.Content)}
   */
  public static void write(OutputFile file, List<Tensor> tensors) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.putObject(METADATA).put("format", "pt");
    long offset = 0;
    for (Tensor tensor : tensors) {
      long end = offset + (long) tensor.values().length * Float.BYTES;
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F32");
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    file.write(
        channel -> {
          writeHeader(channel, header.toString());
          for (Tensor tensor : tensors) {
            ByteBuffer bytes = littleEndian(tensor.values().length * Float.BYTES);
            bytes.asFloatBuffer().put(tensor.values());
            ChannelIo.writeFully(channel, bytes);
          }
        });
  }

  private static void writeHeader(FileChannel channel, String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = littleEndian(LENGTH_BYTES + padded).putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    ChannelIo.writeFully(channel, bytes.flip());
  }

  /**
   * Reads all tensors of a file by name, in the order of the header. An interrupt does not end the
   * call.
   *
   * @throws FileException if the file is truncated, not a safetensors file, or has a type other
   *     than float32
   */
  public static Map<String, Tensor> read(Path file) {
    return Uninterrupted.get(() -> readOnce(file));
  }

  private static Map<String, Tensor> readOnce(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      JsonNode header = header(file, channel);
      long start = channel.position();
      requireDisjoint(file, header);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals(METADATA)) {
          tensors.put(
              entry.getKey(), tensor(file, channel, start, entry.getKey(), entry.getValue()));
        }
      }
      return tensors;
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + reason(file, e), e);
    }
  }

  /** Reads the header and positions the channel at the first value. */
  private static JsonNode header(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new FileException(file, "not a safetensors file: it has only " + size + " bytes");
    }
    long length = readAll(file, channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
      throw new FileException(
          file, "not a safetensors file, or truncated: invalid header length " + length);
    }
    JsonNode header = parse(file, readAll(file, channel, LENGTH_BYTES, (int) length));
    if (!header.isObject()) {
      throw new FileException(file, "not a safetensors file: its header is not a JSON object");
    }
    channel.position(LENGTH_BYTES + length);
    return header;
  }

  private static String reason(Path file, IOException e) {
    return Files.exists(file) ? IoReason.of(e) : "no such file";
  }

  private static JsonNode parse(Path file, ByteBuffer header) throws IOException {
    try {
      return JsonTree.parseDistinct(StandardCharsets.UTF_8.decode(header).toString());
    } catch (JsonProcessingException e) {
      throw new FileException(file, "not a safetensors file: its header is not JSON", e);
    }
  }

  private static Tensor tensor(
      Path file, FileChannel channel, long start, String name, JsonNode entry) throws IOException {
    requireFloat32(file, name, entry.path("dtype").asText());
    List<Integer> shape = shape(file, name, entry.path("shape"));
    long count = 1;
    for (int extent : shape) {
      count *= extent;
      if (count > Integer.MAX_VALUE / Float.BYTES) {
        throw new FileException(file, "tensor " + name + " has an invalid shape: " + shape);
      }
    }
    ByteRange range = ByteRange.of(file, name, entry);
    if (range.length() != count * Float.BYTES || range.to() > channel.size() - start) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "truncated or corrupt: tensor %s claims bytes %d to %d of %d for %d values",
              name,
              range.from(),
              range.to(),
              channel.size() - start,
              count));
    }
    float[] values = new float[(int) count];
    readAll(file, channel, start + range.from(), (int) range.length()).asFloatBuffer().get(values);
    return new Tensor(name, shape, values);
  }

  private static void requireFloat32(Path file, String name, String type) {
    if (!type.equals("F32")) {
      String conversion =
          FLOATS.contains(type) ? "; convert the PyTorch module with float() before saving it" : "";
      throw new FileException(
          file, "tensor " + name + " is " + type + ", expected F32" + conversion);
    }
  }

  private static List<Integer> shape(Path file, String name, JsonNode extents) {
    List<Integer> shape = new ArrayList<>();
    for (JsonNode extent : extents) {
      if (!extent.isInt() || extent.asInt() < 0) {
        throw new FileException(file, "tensor " + name + " has an invalid shape: " + extents);
      }
      shape.add(extent.asInt());
    }
    if (!extents.isArray()) {
      throw new FileException(file, "tensor " + name + " has no shape");
    }
    return shape;
  }

  /** The byte range of a tensor's values after the header. */
  private record ByteRange(String name, long from, long to) {
    static ByteRange of(Path file, String name, JsonNode entry) {
      JsonNode from = entry.path("data_offsets").path(0);
      JsonNode to = entry.path("data_offsets").path(1);
      if (!from.canConvertToExactIntegral()
          || !to.canConvertToExactIntegral()
          || !from.canConvertToLong()
          || !to.canConvertToLong()
          || from.asLong() < 0
          || to.asLong() < from.asLong()) {
        throw new FileException(
            file, "corrupt: tensor " + name + " has no valid data_offsets: " + entry);
      }
      return new ByteRange(name, from.asLong(), to.asLong());
    }

    long length() {
      return to - from;
    }
  }

  /** Checks that the byte ranges of the tensors do not overlap. */
  private static void requireDisjoint(Path file, JsonNode header) {
    List<ByteRange> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        ranges.add(ByteRange.of(file, entry.getKey(), entry.getValue()));
      }
    }
    ranges.sort(Comparator.comparingLong(ByteRange::from).thenComparingLong(ByteRange::to));
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).from() < ranges.get(i - 1).to()) {
        throw new FileException(
            file,
            "corrupt: tensors "
                + ranges.get(i - 1).name()
                + " and "
                + ranges.get(i).name()
                + " overlap");
      }
    }
  }

  private static ByteBuffer readAll(Path file, FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer bytes = littleEndian(count);
    if (!ChannelIo.readFully(channel::read, bytes, position)) {
      throw new FileException(file, "truncated: it ends before byte " + (position + count));
    }
    return bytes.flip();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
