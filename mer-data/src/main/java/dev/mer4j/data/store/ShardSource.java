package dev.mer4j.data.store;

import java.nio.file.Path;
import java.util.Iterator;

/** The shards of all videos, which {@link ShardedPreparation#merge} reads one after the other. */
@FunctionalInterface
public interface ShardSource {
  /**
   * Starts to write the parts of {@link ShardedPreparation#plan}.
   *
   * @return their shards, in the order of the parts; {@link Iterator#next} may wait until one is
   *     written. A shard is read completely before the next one is requested, but those of parts
   *     with a place are read again if the records of one of them are elsewhere
   */
  Iterator<Path> shards();
}
