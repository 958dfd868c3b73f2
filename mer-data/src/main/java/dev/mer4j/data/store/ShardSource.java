package dev.mer4j.data.store;

import java.nio.file.Path;
import java.util.Iterator;

/** The shards of all videos, which {@link ShardedPreparation#merge} reads one after the other. */
@FunctionalInterface
public interface ShardSource {
  /**
   * Returns the shards in the order of their videos. {@link Iterator#next} may wait until the shard
   * is written; a shard is read completely before the next one is requested.
   *
   * @param videos the number of videos
   */
  Iterator<Path> shards(int videos);
}
