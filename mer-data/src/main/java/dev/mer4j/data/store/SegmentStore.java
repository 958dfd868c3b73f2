package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * A file of prepared segments, which may be larger than memory.
 *
 * <p>Opening reads and checks the index only; {@link #verify} also checks the features.
 * Thread-safe; interrupting a reading thread affects neither its read nor the store. {@link #close}
 * waits for running reads; afterwards all methods of the store and its segments except {@link
 * #path} and {@link #close} throw {@link IllegalStateException}. If the file is truncated while
 * open, reading a missing part throws {@link FileException}.
 */
public final class SegmentStore implements AutoCloseable {
  /** The mark of a store: its first eight bytes. */
  public static final FileMark MARK = FileMark.startsWith("MER4JSTO");

  private final StoreFile file;
  private final List<StoreEntry> entries;
  private final Map<SegmentId, Integer> places = new HashMap<>();
  private final StoreInfo info;
  private final int checksum;
  private final ReadWriteLock running = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private SegmentStore(StoreFile file, StoreContents contents) {
    this.file = file;
    entries = contents.entries();
    info = contents.info();
    checksum = contents.checksum();
    for (int s = 0; s < entries.size(); s++) {
      places.put(entries.get(s).info().id(), s);
    }
  }

  /** Whether a file is a store, by its first bytes; false if it cannot be read. */
  public static boolean isStore(Path file) {
    try {
      return Files.isRegularFile(file) && MARK.isOn(file);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens a store.
   *
   * @throws FileException if it is missing, is not a store, has another version, or is damaged
   */
  public static SegmentStore open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new FileException(path, "is not a file; mer prepare creates a store");
    }
    try {
      StoreFile file = new StoreFile(path);
      try {
        return new SegmentStore(file, StoreContents.read(file));
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new FileException(path, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Returns the file, also after {@link #close}. */
  public Path path() {
    return file.path();
  }

  /** Returns the sources of the segments and the statistics of their preparation. */
  public StoreInfo info() {
    requireOpen();
    return info;
  }

  /**
   * Returns a checksum of the whole store in hexadecimal: the CRC-32C of its trailer, which
   * contains those of index and info; the index contains those of the features.
   */
  public String checksum() {
    requireOpen();
    return String.format(Locale.ROOT, "%08x", checksum);
  }

  /** Returns D of each modality. */
  public PerModality<Integer> widths() {
    requireOpen();
    return info.widths();
  }

  /**
   * Returns the standardization fitted on the training fold; the identity if the store has none.
   */
  public Standardization standardization() {
    requireOpen();
    return info.standardization();
  }

  /** Returns all segments, in the order of their preparation. */
  public SegmentSet allSegments() {
    requireOpen();
    return new Part(IntStream.range(0, entries.size()).toArray(), Split.NONE);
  }

  /** Returns the segments of one split. Without folds, all segments are in {@link Split#NONE}. */
  public SegmentSet split(Split split) {
    requireOpen();
    return new Part(
        IntStream.range(0, entries.size()).filter(s -> entries.get(s).split() == split).toArray(),
        split);
  }

  /** Returns the segments of the training fold. */
  public TrainingSplit training() {
    return TrainingSplit.of(split(Split.TRAIN));
  }

  /** Returns the segments of the validation fold. */
  public ValidationSplit validation() {
    return ValidationSplit.of(split(Split.VALID));
  }

  /** Returns the segments of the test fold. */
  public TestSplit test() {
    return TestSplit.of(split(Split.TEST));
  }

  /** Returns the index in {@link #allSegments} of the segment with this id. */
  public OptionalInt find(SegmentId id) {
    requireOpen();
    Integer place = places.get(id);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** Returns the split of a segment of {@link #allSegments}. */
  public Split splitOf(int segment) {
    requireOpen();
    return entries.get(segment).split();
  }

  /**
   * Checks the features of all segments against their checksums.
   *
   * @throws FileException if the features of a segment are damaged
   */
  public void verify() {
    requireOpen();
    for (StoreEntry entry : entries) {
      reading(() -> verify(entry));
    }
  }

  private void verify(StoreEntry entry) {
    for (Modality modality : entry.info().modalities().toList()) {
      StoreEntry.Place place = entry.place(modality);
      if (file.crc(place.offset(), entry.bytes(modality, info)) != place.crc()) {
        throw StoreContents.damaged(
            path(), "the " + modality.key() + " features of " + entry.info().id());
      }
    }
  }

  /** Waits for running reads and closes the file. Further calls have no effect. */
  @Override
  public void close() {
    running.writeLock().lock();
    try {
      closed = true;
      file.close();
    } catch (IOException e) {
      throw new FileException(path(), "cannot be closed: " + IoReason.of(e), e);
    } finally {
      running.writeLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed: " + path());
    }
  }

  /** Runs a read that {@link #close} waits for. */
  private void reading(Runnable read) {
    running.readLock().lock();
    try {
      requireOpen();
      read.run();
    } finally {
      running.readLock().unlock();
    }
  }

  /** A subset of the segments. */
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
      requireOpen();
      return members.length;
    }

    @Override
    public PerModality<Integer> widths() {
      requireOpen();
      return info.widths();
    }

    @Override
    public List<Emotion> labels() {
      requireOpen();
      return info.labels();
    }

    @Override
    public SegmentInfo info(int segment) {
      requireOpen();
      return entries.get(members[segment]).info();
    }

    @Override
    public void read(int segment, Modality modality, float[] target, int offset) {
      requireOpen();
      StoreEntry entry = entries.get(members[segment]);
      if (!entry.places().has(modality)) {
        throw new IllegalArgumentException(
            entry.info().id() + " has no " + modality.key() + " features");
      }
      StoreEntry.Place place = entry.place(modality);
      int count = (int) entry.values(modality, info);
      Precision precision = info.options().precision();
      reading(() -> file.floats(place.offset(), precision, target, offset, count));
    }
  }
}
