package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
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
      BlockLengths lengths = BlockLengths.of(file, place, dict, entry.getKey(), found);
      if (lengths != null) {
        found.setLengths(place + lengths.key(), lengths.numbers());
        read.add(lengths.key());
      }
      features.put(entry.getKey(), found);
    }
    int count = first == null ? 0 : first.count();
    BlockNames.Found names = BlockNames.of(file, place, dict, count);
    read.add(String.valueOf(names.key()));
    return new ArrayBlock(split, place, features.build().sorted(), names, dict, read);
  }

  /** Returns what the key of a modality without features is; null if there is none. */
  @Nullable String misfit(Modality modality) {
    return dict.entries().entrySet().stream()
        .filter(entry -> modality.equals(ModalityKeys.of(entry.getKey())))
        .filter(entry -> isMisfit(entry.getKey(), entry.getValue()))
        .map(entry -> place + entry.getKey() + " is " + entry.getValue().describe())
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the keys that are named after modalities, whose arrays have another shape, with what
   * they are, such as {@code train/audio is a float32 array [5, 1, 5, 2]}.
   */
  static List<String> misfits(String place, DictNode dict) {
    return dict.entries().entrySet().stream()
        .filter(entry -> isMisfit(entry.getKey(), entry.getValue()))
        .map(entry -> place + entry.getKey() + " is " + entry.getValue().describe())
        .toList();
  }

  private static boolean isMisfit(String key, Node node) {
    return ModalityKeys.of(key) != null
        && !SegmentArrays.fits(node)
        && (node instanceof NumericArray || node instanceof ListNode || node instanceof TextArray);
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

  /**
   * Returns the keys that are not read, with the place.
   *
   * @param labels the key of the labels; null if there is none
   */
  List<String> unreadKeys(@Nullable String labels) {
    return dict.entries().keySet().stream()
        .filter(key -> !read.contains(key) && !key.equals(labels))
        .filter(key -> !isMisfit(key, node(dict, key)))
        .map(key -> place + key)
        .toList();
  }
}
