package dev.mer4j.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** A mark that identifies the files of one format that this program writes. */
@FunctionalInterface
public interface FileMark {
  /**
   * Returns whether a file has the mark.
   *
   * @throws IOException if the file cannot be read
   */
  boolean isOn(Path file) throws IOException;

  /** Returns the mark of files that have this mark or another one. */
  default FileMark or(FileMark other) {
    return file -> isOn(file) || other.isOn(file);
  }

  /** Returns the mark of files with the given bytes at the given offset. */
  static FileMark bytesAt(int offset, byte[] bytes) {
    byte[] expected = bytes.clone();
    return file -> {
      byte[] head = WholeFile.head(file, offset + expected.length);
      return head.length == offset + expected.length
          && Arrays.equals(head, offset, head.length, expected, 0, expected.length);
    };
  }

  /** Returns the mark of files that start with the given text. */
  static FileMark startsWith(String text) {
    return bytesAt(0, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the mark of files with the given text in their first 4,096 bytes. */
  static FileMark contains(String text) {
    return file -> new String(WholeFile.head(file, 4096), StandardCharsets.UTF_8).contains(text);
  }

  /** Returns the mark of files of at most 64 MiB that contain a JSON object with the given keys. */
  static FileMark json(Collection<String> keys) {
    Set<String> expected = Set.copyOf(keys);
    return file -> Files.size(file) <= 64 << 20 && isObjectWith(expected, WholeFile.bytes(file));
  }

  /**
   * Returns the mark of files whose first line, of at most 1 MiB, is a JSON object with the given
   * keys.
   */
  static FileMark jsonLines(String... keys) {
    Set<String> expected = Set.of(keys);
    return file -> {
      byte[] head = WholeFile.head(file, 1 << 20);
      int end = 0;
      while (end < head.length && head[end] != '\n') {
        end++;
      }
      return isObjectWith(expected, Arrays.copyOf(head, end));
    };
  }

  private static boolean isObjectWith(Set<String> keys, byte[] json) throws IOException {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      return node.isObject() && keys.stream().allMatch(node::has);
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
