package dev.mer4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A safetensors file whose header and values can be changed.
 *
 * @param header the JSON header
 * @param values the bytes after it
 */
record TensorFile(ObjectNode header, ByteBuffer values) {
  static TensorFile read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    ByteBuffer values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new TensorFile((ObjectNode) new ObjectMapper().readTree(header), values);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    return names;
  }

  void rename(String from, String to) {
    header.set(to, header.remove(from));
  }

  ObjectNode entry(String name) {
    return (ObjectNode) header.get(name);
  }

  /** Overwrites a value of a tensor. */
  void set(String name, int index, float value) {
    int offset = entry(name).at("/data_offsets/0").asInt();
    values.putFloat(offset + index * Float.BYTES, value);
  }

  Path write(Path file) throws IOException {
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + values.capacity())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(values.duplicate().rewind());
    return Files.write(file, bytes.array());
  }
}
