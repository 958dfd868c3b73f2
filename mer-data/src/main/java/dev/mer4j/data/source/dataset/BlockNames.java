package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.BytesNode;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
import dev.mer4j.data.source.array.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the names of N segments from a dict. */
final class BlockNames {
  private static final List<String> KEYS = List.of("id", "ids", "segment_ids", "names");
  private static final int LONGEST = 1 << 12;
  private static final int MOST_NUMBERS = 1 << 24;

  private BlockNames() {}

  /**
   * Names, and the key that they are from.
   *
   * @param key null if the file has none: each segment is then a video of its own
   */
  record Found(List<SegmentName> names, @Nullable String key) {}

  /**
   * Finds the names.
   *
   * @param place of the dict, such as {@code train/}; empty at the top level
   * @throws FileException if there are not as many as segments
   */
  static Found of(Path file, String place, DictNode dict, int count) {
    for (String key : KEYS) {
      Node node = dict.get(key);
      if (node != null && (!(node instanceof NumericArray array) || isNames(array))) {
        return new Found(names(file, place + key, node, count), key);
      }
    }
    List<SegmentName> names = new ArrayList<>();
    String prefix = place.isEmpty() ? "segment-" : place.replace('/', '-');
    for (int i = 0; i < count; i++) {
      names.add(new SegmentName(prefix + i, 0, Double.NaN, Double.NaN));
    }
    return new Found(names, null);
  }

  /** Returns whether an array has a distinct integer for each segment. */
  private static boolean isNames(NumericArray array) {
    if (array.rank() != 1 || !array.type().isInteger() || array.rows() > MOST_NUMBERS) {
      return false;
    }
    return IntegerNames.areDistinct(array);
  }

  private static List<SegmentName> names(Path file, String key, Node node, int count) {
    List<List<String>> texts = texts(file, key, node);
    if (texts.size() != count) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s has %,d entries, the features have %,d segments",
              key,
              texts.size(),
              count));
    }
    List<SegmentName> names = texts.stream().map(SegmentName::parse).toList();
    for (int i = 0; i < count; i++) {
      if (!names.get(i).isUsable()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s: segment %d has the id '%s', expected %s",
                key,
                i,
                SegmentName.shown(texts.get(i).get(0)),
                SegmentName.EXPECTED));
      }
    }
    return names;
  }

  private static List<List<String>> texts(Path file, String key, Node node) {
    List<List<String>> all = new ArrayList<>();
    if (node instanceof TextArray array) {
      int columns = 1;
      for (int axis = 1; axis < array.shape().length; axis++) {
        columns *= (int) array.shape()[axis];
      }
      for (int i = 0; columns > 0 && i < array.texts().size(); i += columns) {
        all.add(List.copyOf(array.texts().subList(i, i + columns)));
      }
      return all;
    }
    if (node instanceof NumericArray array) {
      IntegerNames.of(array).forEach(name -> all.add(List.of(name)));
      return all;
    }
    if (node instanceof ListNode list) {
      for (Node item : list.items()) {
        all.add(parts(file, key + "/" + all.size(), item));
      }
      return all;
    }
    throw unusable(file, key, node);
  }

  private static List<String> parts(Path file, String key, Node node) {
    if (node instanceof ListNode list && !list.items().isEmpty()) {
      List<String> parts = new ArrayList<>();
      list.items().forEach(item -> parts.addAll(parts(file, key, item)));
      return parts;
    }
    if (node instanceof TextArray array && !array.texts().isEmpty()) {
      return array.texts();
    }
    if (node instanceof TextNode text) {
      return List.of(text.value());
    }
    if (node instanceof NumberNode number) {
      return List.of(number.value().toString());
    }
    if (node instanceof BytesNode bytes && bytes.bytes().length() <= LONGEST) {
      try {
        int length = (int) bytes.bytes().length();
        return List.of(new String(bytes.bytes().bytes(0, length), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw unusable(file, key, node);
  }

  private static FileException unusable(Path file, String key, Node node) {
    return new FileException(file, key + " is " + node.describe() + ", expected names of segments");
  }
}
