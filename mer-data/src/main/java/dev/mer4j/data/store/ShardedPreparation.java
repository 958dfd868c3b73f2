package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prepares parts of a store separately, such as in several processes, and merges them to the store
 * that one {@link Preparation#run(OutputFile)} would write. Created by {@link
 * Preparation#sharded()}.
 *
 * <p>On one machine, if the files state the number of rows of each segment without their values, as
 * .csd files do, every part writes its records in their place of one file, which becomes the store.
 * Otherwise, and if damaged values leave a part smaller than planned, parts write shards, which are
 * copied.
 */
public final class ShardedPreparation {
  private final PreparationFiles files;

  ShardedPreparation(PreparationFiles files) {
    this.files = files;
  }

  /**
   * Divides the store into parts of about the same size.
   *
   * @param count the maximum number of parts
   * @param oneMachine whether one machine writes all parts. Not every network file system keeps
   *     what several machines write in one file
   * @return parts of all videos, in their order; at least one
   * @throws dev.mer4j.MerException if a file cannot be used at all
   */
  public List<StorePart> plan(int count, boolean oneMachine) {
    try (VideoPreparer preparer = files.preparer()) {
      Optional<VideoPreparer> quick =
          oneMachine ? preparer.reopenWithoutValues() : Optional.empty();
      if (quick.isEmpty() || preparer.videos().isEmpty()) {
        return StorePlan.unplaced(preparer.videos().size(), count);
      }
      try (VideoPreparer reader = quick.get()) {
        return new StorePlan(files.settings().options()).placed(reader, count);
      }
    }
  }

  /**
   * Prepares the videos of a part in a thread and writes them, in the calling one, for {@link
   * #merge}. The shard appears as a whole. A part may be written again.
   *
   * @param part of {@link #plan}
   * @param records an existing file, the same for all parts with a place
   * @param shard in an existing folder; replaced if it exists
   * @throws dev.mer4j.MerException if a video cannot be read, a file cannot be written, or the
   *     thread is interrupted
   */
  public void writePart(StorePart part, Path records, Path shard) {
    new PartWriter(files).write(part, records, shard);
  }

  /**
   * Opens the files to read the videos [from, to), as {@link Preparation#open}, in one thread, and
   * records their statistics for {@link PreparedSegments#saveStatistics}.
   *
   * @param from the first video of {@link Preparation#videos}
   * @param to the end
   */
  public PreparedSegments open(int from, int to) {
    OpenedPreparation opened = files.open(1);
    List<String> videos = opened.videos();
    int end = Math.min(to, videos.size());
    return new PreparedSegments(
        files.settings().options(), opened, videos.subList(Math.min(from, end), end), true);
  }

  /**
   * Writes the store that {@link Preparation#run(OutputFile)} would write, byte for byte.
   *
   * @param shards requested once the store is known to be writable
   * @param records the file of the records in their places, on the file system of {@link
   *     OutputFile#folder()}; becomes the store if all records are in it
   * @throws dev.mer4j.MerException as {@link Preparation#run(OutputFile)}, if a shard is damaged,
   *     or if the thread is interrupted
   */
  public StoreInfo merge(ShardSource shards, Path records, OutputFile store) {
    OutputFile output = files.protectedFrom(store);
    output.require();
    AtomicReference<StoreInfo> written = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    output.writeLockedOrMove(
        channel -> {
          if (begun.getAndSet(true)) {
            throw new MerException("interrupted while merging shards");
          }
          StoreMerge merge = new StoreMerge(files, records, shards.shards());
          StoreInfo placed = merge.place();
          written.set(placed == null ? merge.copy(channel) : placed);
          return placed == null ? null : records;
        });
    return written.get();
  }

  /**
   * Returns the description of the store that {@link Preparation#run(OutputFile)} would write.
   *
   * @param statistics files of {@link PreparedSegments#saveStatistics} with all videos, in their
   *     order
   * @throws dev.mer4j.MerException if a file is damaged or missing, or if a modality or a fold has
   *     no segments
   */
  public StoreInfo describe(List<Path> statistics) {
    try (OpenedPreparation opened = files.open(1)) {
      List<StoreInfo.Source> sources = files.sources();
      new ShardMerge(opened)
          .run(
              statistics.iterator(),
              shard -> {
                for (ShardFormat.Video video : shard.videos()) {
                  opened.add(video.name(), video.infos(), video.statistics());
                }
                return true;
              });
      return opened.info(sources);
    } catch (IOException e) {
      throw new FileException(
          files.settings().data().labels(), "cannot be described: " + IoReason.of(e), e);
    }
  }
}
