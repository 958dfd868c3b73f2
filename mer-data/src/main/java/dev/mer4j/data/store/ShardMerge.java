package dev.mer4j.data.store;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Counts the videos of shards, one shard after the other. */
final class ShardMerge {
  private final OpenedPreparation opened;
  private final Iterator<String> names;

  ShardMerge(OpenedPreparation opened) {
    this.opened = opened;
    names = opened.videos().iterator();
  }

  /** Receives an open shard. */
  @FunctionalInterface
  interface Sink {
    /** Called with each shard, in their order; returns whether to go on. */
    boolean accept(ShardReader shard) throws IOException;
  }

  /**
   * Reads the shards of all videos.
   *
   * @param shards in the order of their videos
   * @return whether the sink went on until the end
   * @throws dev.mer4j.MerException if a shard is damaged or missing, or a split or a modality has
   *     no segments
   */
  boolean run(Iterator<Path> shards, Sink sink) throws IOException {
    Path last = null;
    while (names.hasNext() && shards.hasNext()) {
      last = shards.next();
      try (ShardReader shard = ShardReader.open(last, opened.shardFormat())) {
        requireVideos(shard);
        if (!sink.accept(shard)) {
          return false;
        }
      }
    }
    if (names.hasNext()) {
      throw new FileException(last == null ? Path.of("shard") : last, "lacks " + names.next());
    }
    opened.check();
    return true;
  }

  private void requireVideos(ShardReader shard) {
    List<ShardFormat.Video> videos = shard.videos();
    for (ShardFormat.Video video : videos) {
      String expected = names.hasNext() ? names.next() : "no video";
      if (!video.name().equals(expected)) {
        throw new FileException(
            shard.path(), "has the video '" + video.name() + "' in place of '" + expected + "'");
      }
    }
  }
}
