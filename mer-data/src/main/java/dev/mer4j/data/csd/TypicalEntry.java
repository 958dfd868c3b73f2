package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of most entries of a file.
 *
 * @param entry the first entry of that shape
 * @param width the most frequent D; ties are resolved by the number of rows, then by the first
 *     entry
 * @param text whether the entries contain words rather than numbers
 */
public record TypicalEntry(String entry, int width, boolean text) {
  /** The entries of one width. */
  private static final class Group {
    private final TypicalEntry entry;
    private int entries;
    private long rows;

    Group(TypicalEntry entry) {
      this.entry = entry;
    }

    boolean outweighs(@Nullable Group other) {
      return other == null
          || entries > other.entries
          || (entries == other.entries && rows > other.rows);
    }
  }

  /**
   * Examines the shapes of the entries until more than half of all have one width. Entries without
   * rows and unreadable entries are ignored.
   *
   * @throws FileException if no entry can be used; the message states the fault of the first
   */
  public static TypicalEntry of(CsdFile file) {
    Map<TypicalEntry, Group> groups = new LinkedHashMap<>();
    @Nullable FileException fault = null;
    @Nullable String shapeless = null;
    int half = file.videos().size() / 2;
    for (String entry : file.videos()) {
      try {
        EntryShape shape = file.shape(entry);
        if (shape.rows() > 0 && (shape.width() > 0 || shape.text())) {
          TypicalEntry key = new TypicalEntry("", shape.width(), shape.text());
          Group group =
              groups.computeIfAbsent(
                  key, unseen -> new Group(new TypicalEntry(entry, shape.width(), shape.text())));
          group.rows += shape.rows();
          if (++group.entries > half) {
            return group.entry;
          }
        } else if (shape.rows() > 0 && shapeless == null) {
          shapeless = entry;
        }
      } catch (FileException e) {
        fault = fault == null ? e : fault;
      }
    }
    @Nullable Group best = null;
    for (Group group : groups.values()) {
      best = group.outweighs(best) ? group : best;
    }
    if (best == null) {
      throw unusable(file, fault, shapeless);
    }
    return best.entry;
  }

  private static FileException unusable(
      CsdFile file, @Nullable FileException fault, @Nullable String shapeless) {
    String none =
        String.format(Locale.ROOT, "has no rows in any of its %d entries", file.videos().size());
    @Nullable FileException first = shapeless == null ? fault : faultOf(file, shapeless);
    return first == null
        ? new FileException(file.path(), none)
        : new FileException(
            file.path(),
            String.format(
                Locale.ROOT,
                "none of its %d entries can be used: %s",
                file.videos().size(),
                first.problem()),
            first);
  }

  /**
   * Returns the fault from reading the entry, which is more specific than the fault from its shape.
   */
  private static @Nullable FileException faultOf(CsdFile file, String entry) {
    try {
      file.read(entry);
      return null;
    } catch (FileException e) {
      return e;
    }
  }
}
