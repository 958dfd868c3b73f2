package dev.mer4j.spark;

import dev.mer4j.FileException;
import dev.mer4j.data.store.StorePart;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.FutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * A job whose tasks write parts of a store. Each shard can be read as soon as it and the earlier
 * ones are written, while later tasks run. A shard with records is deleted when the next one is
 * requested.
 */
final class ShardJob implements AutoCloseable {
  private final PreparationTasks tasks;
  private final TaskFiles files;
  private final Path records;
  private @Nullable FutureAction<BoxedUnit> job;

  ShardJob(PreparationTasks tasks, OutputFile output) {
    this.tasks = tasks;
    files = TaskFiles.in(output.folder());
    records = files.createRecords();
  }

  /** Returns the file in which tasks write records in their places. */
  Path records() {
    return records;
  }

  /** Takes the only result of a partition. */
  private static final class Only
      extends AbstractFunction1<scala.collection.Iterator<String>, String> implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public String apply(scala.collection.Iterator<String> results) {
      return results.next();
    }
  }

  /**
   * Starts the tasks.
   *
   * @return the shards in the order of their videos; {@link Iterator#next} waits for one, and
   *     throws the failure of a task
   */
  Iterator<Path> start() {
    List<StorePart> parts = tasks.placedParts();
    List<CompletableFuture<String>> written =
        Stream.generate(CompletableFuture<String>::new).limit(parts.size()).toList();
    JavaRDD<String> shards =
        tasks.partitions(parts).map(new ShardTask(tasks.broadcast(), files.folder()));
    List<Object> partitions = IntStream.range(0, parts.size()).<Object>mapToObj(i -> i).toList();
    FutureAction<BoxedUnit> started =
        shards
            .context()
            .submitJob(
                shards.rdd(),
                new Only(),
                CollectionConverters.asScala(partitions).toSeq(),
                (partition, folder) -> {
                  written.get((int) partition).complete(folder);
                  return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    job = started;
    started.onComplete(
        result -> {
          if (result.isFailure()) {
            Throwable failure = result.failed().get();
            written.forEach(shard -> shard.completeExceptionally(failure));
          }
          return BoxedUnit.UNIT;
        },
        ExecutionContext.fromExecutor(Runnable::run));
    return new Shards(written.iterator(), files.files(parts).iterator(), parts.get(0).isPlaced());
  }

  /** Waits for each shard, and deletes the one before if it has records. */
  private static final class Shards implements Iterator<Path> {
    private final Iterator<CompletableFuture<String>> written;
    private final Iterator<Path> paths;
    private final boolean kept;
    private @Nullable Path last;

    Shards(Iterator<CompletableFuture<String>> written, Iterator<Path> paths, boolean kept) {
      this.written = written;
      this.paths = paths;
      this.kept = kept;
    }

    @Override
    public boolean hasNext() {
      return paths.hasNext();
    }

    @Override
    public Path next() {
      Path next = paths.next();
      try {
        if (last != null && !kept) {
          Files.deleteIfExists(last);
        }
        written.next().get();
      } catch (IOException e) {
        throw new FileException(last, "cannot be deleted: " + IoReason.of(e), e);
      } catch (ExecutionException e) {
        throw SparkCluster.failure(e);
      } catch (InterruptedException e) {
        throw SparkCluster.interrupted(e);
      }
      last = next;
      return next;
    }
  }

  /** Cancels the tasks that still run, and deletes the shards. */
  @Override
  public void close() {
    FutureAction<BoxedUnit> started = job;
    try (files) {
      if (started != null && !started.isCompleted()) {
        started.cancel();
      }
    }
  }
}
