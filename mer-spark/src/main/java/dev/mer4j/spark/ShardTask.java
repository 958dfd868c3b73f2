package dev.mer4j.spark;

import dev.mer4j.data.store.StorePart;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Prepares a part of a store and writes it.
 *
 * @param folder of the shards
 */
record ShardTask(Broadcast<SharedPreparation> preparation, String folder)
    implements Function<StorePart, String> {
  @Override
  public String call(StorePart part) {
    preparation
        .value()
        .get()
        .sharded()
        .writePart(part, TaskFiles.records(folder), TaskFiles.file(folder, part));
    return folder;
  }
}
