package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prepares ranges of videos separately, such as in several processes, and merges them to the store
 * that one {@link Preparation#run(OutputFile)} would write. Created by {@link
 * Preparation#sharded()}.
 */
public final class ShardedPreparation {
  private final PreparationFiles files;

  ShardedPreparation(PreparationFiles files) {
    this.files = files;
  }

  /**
   * Prepares the videos [from, to) in a thread and writes them, in the calling one, to a shard for
   * {@link #merge}. The shard appears as a whole.
   *
   * @param shard in an existing folder; replaced if it exists
   * @throws dev.mer4j.MerException if a video cannot be read, the shard cannot be written, or the
   *     thread is interrupted
   */
  public void writeShard(int from, int to, Path shard) {
    try (VideoPreparer preparer = files.preparer()) {
      List<String> names = range(List.copyOf(preparer.videos()), from, to);
      try (VideoQueue queue = new VideoQueue(List.of(preparer), names)) {
        ShardWriter.write(
            shard,
            ShardFormat.of(files.settings().data()),
            writer -> {
              RecordWriter records = writer.records(files.settings().options().precision());
              for (String name : names) {
                writer.add(name, queue.next(), records);
              }
            });
      }
    }
  }

  private static List<String> range(List<String> names, int from, int to) {
    int end = Math.min(to, names.size());
    return names.subList(Math.min(from, end), end);
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
    return new PreparedSegments(
        files.settings().options(), opened, range(opened.videos(), from, to), true);
  }

  /**
   * Merges shards as {@link #merge(ShardSource, OutputFile)} does.
   *
   * @param shards of all videos, in their order
   * @throws dev.mer4j.MerException as {@link #merge(ShardSource, OutputFile)}
   */
  public StoreInfo merge(List<Path> shards, OutputFile store) {
    return merge(unused -> shards.iterator(), store);
  }

  /**
   * Writes the store that {@link Preparation#run(OutputFile)} would write, byte for byte. The
   * features are copied from file to file.
   *
   * @param shards requested once the store is known to be writable
   * @throws dev.mer4j.MerException as {@link Preparation#run(OutputFile)}, if a shard is damaged,
   *     or if the thread is interrupted
   */
  public StoreInfo merge(ShardSource shards, OutputFile store) {
    OutputFile output = files.protectedFrom(store);
    output.require();
    AtomicReference<StoreInfo> written = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    output.writeLocked(
        channel -> {
          if (begun.getAndSet(true)) {
            throw new MerException("interrupted while merging shards");
          }
          written.set(merge(shards, channel));
        });
    return written.get();
  }

  private StoreInfo merge(ShardSource shards, FileChannel channel) throws IOException {
    try (OpenedPreparation opened = files.open(1)) {
      List<StoreInfo.Source> sources = files.sources();
      StoreWriter writer = files.writer(channel);
      int total = opened.videos().size();
      AtomicInteger done = new AtomicInteger();
      new ShardMerge(opened)
          .run(
              shards.shards(total),
              shard ->
                  writer.add(
                      shard,
                      video -> {
                        files.settings().progress().prepared(done.incrementAndGet(), total);
                        return opened.add(video.name(), video.infos(), video.statistics());
                      }));
      StoreInfo info = opened.info(sources);
      writer.finish(info);
      return info;
    }
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
              shard ->
                  shard
                      .videos()
                      .forEach(
                          video -> opened.add(video.name(), video.infos(), video.statistics())));
      return opened.info(sources);
    } catch (IOException e) {
      throw new FileException(
          files.settings().data().labels(), "cannot be described: " + IoReason.of(e), e);
    }
  }
}
