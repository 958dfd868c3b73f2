package dev.mer4j.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Prepares a range of videos and writes a shard of the store.
 *
 * @param folder of the shards
 */
record ShardTask(Broadcast<SharedPreparation> preparation, String folder)
    implements Function<VideoRange, String> {
  @Override
  public String call(VideoRange range) {
    preparation
        .value()
        .get()
        .sharded()
        .writeShard(range.from(), range.to(), TaskFiles.file(folder, range));
    return folder;
  }
}
