package dev.mer4j.data.source.pickle;

import java.util.ArrayList;
import java.util.List;

/** A place in a pickle: keys and indices from the top level on, such as {@code train/audio}. */
final class KeyPath {
  private static final int LONGEST_KEY = 60;

  /** The number of keys of a long path that are shown at its start and at its end. */
  private static final int SHOWN = 3;

  private final List<String> keys = new ArrayList<>();

  void enter(String key) {
    keys.add(key);
  }

  void leave() {
    keys.remove(keys.size() - 1);
  }

  /** Returns the number of keys. */
  int depth() {
    return keys.size();
  }

  /** Returns the first keys as a text; the middle of many is omitted. */
  String upTo(int depth) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      if (depth <= 2 * SHOWN + 1 || i < SHOWN || i >= depth - SHOWN) {
        String key = keys.get(i);
        shown.add(key.substring(0, Math.min(LONGEST_KEY, key.length())));
      } else if (i == SHOWN) {
        shown.add("…");
      }
    }
    return String.join("/", shown);
  }

  /** Returns an error about this place. */
  PickleFault fault(String problem) {
    return new PickleFault(keys.isEmpty() ? problem : this + ": " + problem);
  }

  @Override
  public String toString() {
    return upTo(keys.size());
  }
}
