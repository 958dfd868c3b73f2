package dev.mer4j.data.store;

import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Converts raw files to a store: reads, sanitizes, truncates and writes every segment, with a few
 * videos in memory at a time. Without folds, every segment is in {@link Split#NONE}.
 *
 * <p>An unusable entry is skipped and recorded in {@link StoreInfo#faults}; in strict mode it
 * raises an error. All other data in no segment or no fold are counted and listed in {@link
 * StoreInfo#coverage}.
 */
public final class Preparation {
  private final PreparationFiles files;

  Preparation(PreparationFiles files) {
    this.files = files;
  }

  public static PreparationBuilder builder(CsdFolder data) {
    return builder(new CsdSource(data));
  }

  /** Starts with the splits of the source, if it defines some. */
  public static PreparationBuilder builder(FeatureSource data) {
    return new PreparationBuilder(data);
  }

  /** Returns the preparation of ranges of the videos. */
  public ShardedPreparation sharded() {
    return new ShardedPreparation(files);
  }

  /**
   * Writes the store and atomically replaces an existing one at the end.
   *
   * @return the description of the store
   * @throws dev.mer4j.FileException as {@link #run(OutputFile)}
   */
  public StoreInfo run(Path store) {
    return run(OutputFile.of(store, SegmentStore.MARK));
  }

  /**
   * Writes the store, atomically at the end.
   *
   * @param store the output with {@link SegmentStore#MARK}; it must not be an input file
   * @return the description of the store
   * @throws dev.mer4j.FileException if a file cannot be read or has no segments, if an id of a fold
   *     matches several videos, or if the store cannot be written, would replace an input or a file
   *     that is not a store, or is being written by another process; no new store is created then
   * @throws dev.mer4j.MerException if a modality or a fold has no segments
   */
  public StoreInfo run(OutputFile store) {
    require(store);
    AtomicReference<StoreInfo> written = new AtomicReference<>();
    files
        .protectedFrom(store)
        .writeLocked(
            channel -> {
              // Opened again if an interrupt closed the channel.
              try (PreparedSegments segments = open()) {
                written.set(write(segments, files.sources(), channel));
              }
            });
    return written.get();
  }

  /**
   * Checks that the store may be written.
   *
   * @throws dev.mer4j.FileException as {@link #run(OutputFile)}
   */
  public void require(OutputFile store) {
    files.protectedFrom(store).require();
  }

  /**
   * Returns the names of the videos, in the order of the store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all
   */
  public List<String> videos() {
    try (VideoPreparer preparer = files.preparer()) {
      return List.copyOf(preparer.videos());
    }
  }

  /**
   * Opens the files to read the prepared segments without a store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all, or if an id of a fold matches
   *     several videos
   * @throws dev.mer4j.MerException if a split has no video
   */
  public PreparedSegments open() {
    OpenedPreparation opened = files.open(files.settings().threads());
    return new PreparedSegments(files.settings().options(), opened, opened.videos(), false);
  }

  /**
   * Returns one segment with the values that the store would return; reads only its video.
   *
   * @throws dev.mer4j.MerException if there is no such segment, it was dropped because it lacks a
   *     modality, or its video cannot be read
   */
  public Segment segment(SegmentId id) {
    try (VideoPreparer preparer = files.preparer()) {
      return PreparedSegments.stored(preparer.segment(id), files.settings().options().precision());
    }
  }

  private StoreInfo write(
      PreparedSegments segments, List<StoreInfo.Source> sources, FileChannel channel)
      throws IOException {
    StoreWriter writer = files.writer(channel);
    int done = 0;
    while (segments.hasNext()) {
      PreparedSegments.Video video = segments.nextUnrounded();
      for (Segment segment : video.segments()) {
        writer.add(segment, video.split());
      }
      files.settings().progress().prepared(++done, segments.videos());
    }
    segments.check();
    StoreInfo info = segments.info(sources);
    writer.finish(info);
    return info;
  }
}
