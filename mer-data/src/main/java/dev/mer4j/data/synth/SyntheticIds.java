package dev.mer4j.data.synth;

import dev.mer4j.data.Split;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates the video ids and assigns them to the folds. */
final class SyntheticIds {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private SyntheticIds() {}

  /**
   * Returns the video ids: most look like YouTube ids, some start with a hyphen, some are all
   * digits, and some are prefixes of others.
   */
  static List<String> ids(int videos, Seeds seeds) {
    List<String> ids = new ArrayList<>();
    for (int v = 0; v < videos; v++) {
      long number = 10_000_000L + 977L * (v - v % 10);
      if (v % 10 == 3 || v % 10 == 4) {
        ids.add(v % 10 == 3 ? Long.toString(number) : number + "4");
      } else {
        SeedStream draws = seeds.stream("synthetic-ids").at(v);
        StringBuilder id = new StringBuilder(v % 10 == 7 ? "-" : "");
        while (id.length() < 11) {
          id.append(LETTERS.charAt(draws.nextInt(LETTERS.length())));
        }
        ids.add(id.toString());
      }
    }
    return ids;
  }

  /**
   * Returns the contents of the fold files by name: about 65, 12 and 23 % of the videos and, as in
   * the release, one test video without labels.
   */
  static Map<String, byte[]> folds(List<String> ids, Seeds seeds) {
    int videos = ids.size();
    int[] order = new int[videos];
    Arrays.setAll(order, v -> v);
    seeds.stream("synthetic-folds").shuffle(order);
    int valid = Math.max(1, (int) Math.round(0.12 * videos));
    int test = Math.max(1, (int) Math.round(0.23 * videos));
    Map<Split, List<String>> folds = new EnumMap<>(Split.class);
    for (int i = 0; i < videos; i++) {
      Split split = i < valid ? Split.VALID : i < valid + test ? Split.TEST : Split.TRAIN;
      folds.computeIfAbsent(split, none -> new ArrayList<>()).add(ids.get(order[i]));
    }
    folds.computeIfAbsent(Split.TEST, none -> new ArrayList<>()).add("no-labels--");
    Map<String, byte[]> files = new LinkedHashMap<>();
    folds.forEach(
        (split, members) ->
            files.put(
                split.key() + ".txt",
                (String.join("\n", members) + "\n").getBytes(StandardCharsets.UTF_8)));
    return files;
  }
}
