package dev.mer4j.spark;

import dev.mer4j.data.store.PreparationFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.api.java.function.Function;

/**
 * Prepares a range of videos and writes a shard of the store.
 *
 * @param folder of the shards, on a file system that all executors share
 */
record ShardTask(PreparationFactory preparation, String folder)
    implements Function<VideoRange, String> {
  @Override
  public String call(VideoRange range) {
    Path shard = Path.of(folder, String.format(Locale.ROOT, "%09d-%09d", range.from(), range.to()));
    preparation.create().writeShard(range.from(), range.to(), shard);
    return shard.toString();
  }
}
