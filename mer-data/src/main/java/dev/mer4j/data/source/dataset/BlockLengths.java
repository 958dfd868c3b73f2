package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of rows of the segments of a block without their padding.
 *
 * @param key that they are from
 * @param numbers one for each segment
 */
record BlockLengths(String key, double[] numbers) {
  /** The row of {@code text_bert} [N, 3, T] that is 1 where there is a token. */
  private static final int MASK = 1;

  /**
   * Finds the lengths of a modality: a list or an array of its own, or the mask of {@code
   * text_bert}.
   *
   * @param place of the dict, such as {@code train/}; empty at the top level
   * @return null if there are none
   * @throws FileException if a list has other values than numbers, or a mask is not ones and then
   *     zeros
   */
  static @Nullable BlockLengths of(
      Path file, String place, DictNode dict, Modality modality, ArrayFeatures features) {
    String key = features.key().substring(place.length());
    for (String name :
        List.of(key + "_lengths", modality.key() + "_lengths", key + "_length", key + "_len")) {
      Node node = dict.get(name);
      if (node instanceof NumericArray array && array.size() != features.count()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s is %s, %s has %,d segments",
                place + name,
                array.describe(),
                features.key(),
                features.count()));
      }
      double[] lengths = node == null ? null : numbers(node);
      if (lengths != null) {
        return new BlockLengths(name, lengths);
      }
      if (node instanceof ListNode) {
        throw new FileException(
            file,
            place + name + " is " + node.describe() + ", expected one number for each segment");
      }
    }
    String bert = key + "_bert";
    if (modality.equals(Modality.TEXT) && dict.get(bert) instanceof NumericArray tokens) {
      double[] lengths = tokens(file, place + bert, tokens, features);
      return lengths.length == 0 ? null : new BlockLengths(bert, lengths);
    }
    return null;
  }

  private static double @Nullable [] numbers(Node node) {
    if (node instanceof NumericArray array) {
      return array.readDoubles(0, array.rows());
    }
    return node instanceof ListNode list ? list.numbers().orElse(null) : null;
  }

  /** Returns the number of tokens of each segment; empty if the array has another shape. */
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
}
