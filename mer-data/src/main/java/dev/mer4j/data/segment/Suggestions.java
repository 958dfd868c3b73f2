package dev.mer4j.data.segment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Suggests the ids closest to a mistyped one. */
public final class Suggestions {
  private static final int SHOWN = 3;

  private Suggestions() {}

  /** Returns the ids with the smallest edit distance to {@code text}. */
  public static List<String> to(String text, Collection<String> ids) {
    return ids.stream()
        .sorted(Comparator.comparingInt((String id) -> edits(text, id)))
        .limit(SHOWN)
        .toList();
  }

  /** Returns the Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
