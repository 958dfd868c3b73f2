package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * N segments whose features are side by side in a dict: all of a file, or one of its splits.
 *
 * @param place of the dict, such as {@code train/}; empty at the top level
 * @param read the keys of features, lengths and names
 */
record ArrayBlock(
    Split split,
    String place,
    PerModality<SegmentFeatures> features,
    BlockNames.Found names,
    DictNode dict,
    Set<String> read) {
  /** The row of {@code text_bert} [N, 3, T] that is 1 where there is a token. */
  private static final int MASK = 1;

  int count() {
    return names.names().size();
  }

  /** Returns whether a dict has the features of a modality. */
  static boolean fits(DictNode dict) {
    return dict.entries().entrySet().stream()
        .anyMatch(e -> ModalityKeys.of(e.getKey()) != null && SegmentArrays.fits(e.getValue()));
  }

  /**
   * Reads the structure and the names.
   *
   * @throws FileException if arrays differ in how many segments they have
   */
  static ArrayBlock of(Path file, String place, Split split, DictNode dict) {
    Set<String> read = new HashSet<>();
    PerModality.Builder<SegmentFeatures> features = PerModality.builder();
    @Nullable ArrayFeatures first = null;
    for (Map.Entry<Modality, String> entry : keys(dict).entrySet()) {
      String key = entry.getValue();
      ArrayFeatures found = new ArrayFeatures(SegmentArrays.of(file, place + key, node(dict, key)));
      first = first == null ? found : first;
      if (found.count() != first.count()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s has %,d segments, %s has %,d",
                found.key(),
                found.count(),
                first.key(),
                first.count()));
      }
      read.add(key);
      setLengths(file, place, dict, entry.getKey(), key, found, read);
      features.put(entry.getKey(), found);
    }
    int count = first == null ? 0 : first.count();
    BlockNames.Found names = BlockNames.of(file, place, dict, count);
    read.add(String.valueOf(names.key()));
    return new ArrayBlock(split, place, features.build().sorted(), names, dict, read);
  }

  /** Returns the best key of each modality. */
  private static Map<Modality, String> keys(DictNode dict) {
    Map<Modality, String> keys = new TreeMap<>();
    dict.entries()
        .forEach(
            (key, node) -> {
              Modality modality = ModalityKeys.of(key);
              if (modality != null && SegmentArrays.fits(node)) {
                keys.merge(
                    modality,
                    key,
                    (a, b) ->
                        ModalityKeys.rank(modality, a) <= ModalityKeys.rank(modality, b) ? a : b);
              }
            });
    return keys;
  }

  private static Node node(DictNode dict, String key) {
    Node node = dict.get(key);
    if (node == null) {
      throw new IllegalStateException(key);
    }
    return node;
  }

  private static void setLengths(
      Path file,
      String place,
      DictNode dict,
      Modality modality,
      String key,
      ArrayFeatures features,
      Set<String> read) {
    for (String name :
        List.of(key + "_lengths", modality.key() + "_lengths", key + "_length", key + "_len")) {
      Node node = dict.get(name);
      double[] lengths = node == null ? null : numbers(node);
      if (lengths != null) {
        features.setLengths(place + name, lengths);
        read.add(name);
        return;
      }
    }
    if (modality.equals(Modality.TEXT) && dict.get(key + "_bert") instanceof NumericArray tokens) {
      double[] lengths = tokens(file, place + key + "_bert", tokens, features);
      if (lengths.length > 0) {
        features.setLengths(place + key + "_bert", lengths);
        read.add(key + "_bert");
      }
    }
  }

  private static double @Nullable [] numbers(Node node) {
    if (node instanceof NumericArray array) {
      return array.readDoubles(0, array.rows());
    }
    return node instanceof ListNode list ? list.numbers().orElse(null) : null;
  }

  /** Returns how many tokens each segment has, or nothing if the array is of another shape. */
  private static double[] tokens(
      Path file, String key, NumericArray tokens, ArrayFeatures features) {
    long[] shape = tokens.shape();
    if (shape.length != 3
        || shape[0] != features.count()
        || shape[1] != 3
        || (features.count() > 0 && shape[2] != features.steps(0))) {
      return new double[0];
    }
    double[] lengths = new double[features.count()];
    int steps = (int) shape[2];
    for (int i = 0; i < lengths.length; i++) {
      double[] mask = tokens.row(i).readDoubles(MASK, MASK + 1);
      int length = 0;
      while (length < steps && mask[length] == 1) {
        length++;
      }
      for (int t = length; t < steps; t++) {
        if (mask[t] != 0) {
          throw new FileException(
              file,
              String.format(
                  Locale.ROOT, "%s: the mask of segment %d is not ones and then zeros", key, i));
        }
      }
      lengths[i] = length;
    }
    return lengths;
  }

  /**
   * Returns the keys that are not read, with the place.
   *
   * @param labels the key of the labels; null if there is none
   */
  List<String> unreadKeys(@Nullable String labels) {
    return dict.entries().keySet().stream()
        .filter(key -> !read.contains(key) && !key.equals(labels))
        .map(key -> place + key)
        .toList();
  }
}
