package dev.mer4j.cuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The work of the recurrence. A group is a few rows of similar length that one block, or one
 * cluster of blocks, runs step by step in one direction.
 *
 * @param groups [G, 4]: direction, first row, number of rows, 0; the longest first
 * @param rows [N, 4]: packed row of the first step, number of steps, row of the batch, 0; the
 *     longest first within a group
 */
record RecurrenceGroups(int[] groups, int[] rows) {
  private static final int FIELDS = 4;

  private record Group(int direction, int first, int count, int steps) {}

  /**
   * Groups the rows.
   *
   * @param modalities the rows of each; directions 2m and 2m + 1 run those of modality m
   * @param groupRows the largest number of rows of a group
   */
  static RecurrenceGroups of(List<PackedRows> modalities, int groupRows) {
    int[] rows = new int[FIELDS * modalities.stream().mapToInt(PackedRows::count).sum()];
    List<Group> groups = new ArrayList<>();
    int next = 0;
    for (int m = 0; m < modalities.size(); m++) {
      PackedRows packed = modalities.get(m);
      List<Integer> order = packed.longestFirst();
      for (int from = 0; from < order.size(); from += groupRows) {
        int count = Math.min(groupRows, order.size() - from);
        int steps = packed.active().lengths()[order.get(from)];
        groups.add(new Group(2 * m, next + from, count, steps));
        groups.add(new Group(2 * m + 1, next + from, count, steps));
      }
      for (int r : order) {
        rows[FIELDS * next] = packed.offsets()[r];
        rows[FIELDS * next + 1] = packed.active().lengths()[r];
        rows[FIELDS * next + 2] = packed.active().rows()[r];
        next++;
      }
    }
    groups.sort(Comparator.comparingInt(Group::steps).reversed());
    int[] table = new int[FIELDS * groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      table[FIELDS * g] = groups.get(g).direction();
      table[FIELDS * g + 1] = groups.get(g).first();
      table[FIELDS * g + 2] = groups.get(g).count();
    }
    return new RecurrenceGroups(table, rows);
  }

  /** Returns the number of groups for a group size. */
  static int groups(List<PackedRows> modalities, int groupRows) {
    return modalities.stream()
        .mapToInt(packed -> 2 * ((packed.count() + groupRows - 1) / groupRows))
        .sum();
  }

  /** Returns G. */
  int count() {
    return groups.length / FIELDS;
  }
}
