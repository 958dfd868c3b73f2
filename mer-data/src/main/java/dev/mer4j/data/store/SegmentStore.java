package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.FileMark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prepared segments in one memory-mapped file.
 *
 * <p>Opening costs as much as the index is long and checks the index; {@link #verify} checks the
 * features as well. Safe for use by several threads. The JVM unmaps the file some time after {@link
 * #close}.
 */
public final class SegmentStore implements AutoCloseable {
  /** How to tell stores from other files: by their first eight bytes. */
  public static final FileMark MARK = FileMark.startsWith("MER4JSTO");

  private final Path path;
  private final List<StoreEntry> entries;
  private final Map<SegmentId, Integer> places = new HashMap<>();
  private final StoreInfo info;
  private volatile @Nullable MappedFloats records;

  private SegmentStore(Path path, FileChannel channel, int stride) throws IOException {
    this.path = path;
    StoreContents contents = StoreContents.read(path, channel);
    entries = contents.entries();
    info = contents.info();
    records = new MappedFloats(channel, contents.recordsEnd(), stride);
    for (int s = 0; s < entries.size(); s++) {
      places.put(entries.get(s).info().id(), s);
    }
  }

  /**
   * Opens a store.
   *
   * @throws FileException if it is missing, is no store, is of another version, or is damaged
   */
  public static SegmentStore open(Path path) {
    return open(path, MappedFloats.LONGEST_RECORD);
  }

  static SegmentStore open(Path path, int stride) {
    if (!Files.isRegularFile(path)) {
      throw new FileException(path, "is not a file; a store is made by preparing .csd files");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new SegmentStore(path, channel, stride);
    } catch (FileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new FileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  public Path path() {
    return path;
  }

  /** Where the segments come from, and what was done on the way. */
  public StoreInfo info() {
    return info;
  }

  /** D of each modality. */
  public Map<Modality, Integer> widths() {
    return info.widths();
  }

  /** Fitted on the training fold; the identity if the store has none. */
  public Standardization standardization() {
    return info.standardization();
  }

  /** All segments, in the order in which they were prepared. */
  public SegmentSet all() {
    return new Part(IntStream.range(0, entries.size()).toArray(), Split.NONE);
  }

  /** The segments of one split; without folds all of them are in {@link Split#NONE}. */
  public SegmentSet split(Split split) {
    return new Part(
        IntStream.range(0, entries.size()).filter(s -> entries.get(s).split() == split).toArray(),
        split);
  }

  /** The segments of the training fold. */
  public TrainingSplit training() {
    return TrainingSplit.of(split(Split.TRAIN));
  }

  /** The segments of the validation fold. */
  public ValidationSplit validation() {
    return ValidationSplit.of(split(Split.VALID));
  }

  /** The segments of the test fold. */
  public TestSplit test() {
    return TestSplit.of(split(Split.TEST));
  }

  /** The index in {@link #all} of the segment with this id. */
  public OptionalInt find(SegmentId id) {
    Integer place = places.get(id);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** The split of a segment of {@link #all}. */
  public Split splitOf(int segment) {
    return entries.get(segment).split();
  }

  /**
   * Reads everything once.
   *
   * @throws FileException if any segment's features are not what was written
   */
  public void verify() {
    MappedFloats mapped = mapped();
    for (StoreEntry entry : entries) {
      entry
          .places()
          .forEach(
              (modality, place) -> {
                int length = entry.bytes(modality, info);
                if (StoreFormat.crc(mapped.bytes(place.offset(), length)) != place.crc()) {
                  throw StoreContents.damaged(
                      path, "the %s features of %s".formatted(modality.key(), entry.info().id()));
                }
              });
    }
  }

  @Override
  public void close() {
    records = null;
  }

  private MappedFloats mapped() {
    MappedFloats mapped = records;
    if (mapped == null) {
      throw new IllegalStateException(path + ": is closed");
    }
    return mapped;
  }

  /** Some of the segments. */
  private final class Part implements SegmentSet {
    private final int[] members;
    private final Split role;

    Part(int[] members, Split role) {
      this.members = members;
      this.role = role;
    }

    @Override
    public Split role() {
      return role;
    }

    @Override
    public int size() {
      return members.length;
    }

    @Override
    public Map<Modality, Integer> widths() {
      return info.widths();
    }

    @Override
    public SegmentInfo info(int segment) {
      return entries.get(members[segment]).info();
    }

    @Override
    public void read(int segment, Modality modality, float[] target, int offset) {
      StoreEntry entry = entries.get(members[segment]);
      StoreEntry.Place place = entry.places().get(modality);
      if (place == null) {
        throw new IllegalArgumentException(
            entry.info().id() + " has no " + modality.key() + " features");
      }
      int count = entry.values(modality, info);
      mapped().read(place.offset(), info.options().precision(), target, offset, count);
    }
  }
}
