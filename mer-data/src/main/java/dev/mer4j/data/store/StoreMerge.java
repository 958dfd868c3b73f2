package dev.mer4j.data.store;

import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes a store of shards. */
final class StoreMerge {
  private final PreparationFiles files;
  private final Path records;
  private final Iterator<Path> shards;
  private final List<Path> read = new ArrayList<>();
  private int reported;

  /**
   * Creates the merge of shards.
   *
   * @param records the file of the records in their places
   */
  StoreMerge(PreparationFiles files, Path records, Iterator<Path> shards) {
    this.files = files;
    this.records = records;
    this.shards = shards;
  }

  /** Provides the records of a shard. */
  @FunctionalInterface
  private interface Records {
    /** Returns by how much their offsets are larger in the store; null to end the merge. */
    @Nullable Long add(ShardReader shard) throws IOException;
  }

  /** Writes the rest of a store after its records. */
  @FunctionalInterface
  private interface End {
    void write(StoreIndex index, StoreInfo info) throws IOException;
  }

  /**
   * Makes the file of records the store; returns null at the first shard whose records are
   * elsewhere.
   */
  @Nullable StoreInfo place() throws IOException {
    AtomicLong end = new AtomicLong(StoreFormat.HEADER_BYTES);
    return merge(
        recorded(),
        shard -> {
          boolean next = shard.isPlaced() && shard.recordsStart() == end.get();
          end.set(shard.recordsEnd());
          return next ? 0L : null;
        },
        (index, info) -> {
          try (FileChannel store = FileChannel.open(records, StandardOpenOption.WRITE)) {
            StoreIndex.begin(store);
            store.position(end.get());
            index.finish(store, info);
          }
        });
  }

  /** Writes the store, after {@link #place} returned null: copies the records of all shards. */
  StoreInfo copy(FileChannel store) throws IOException {
    StoreIndex.begin(store);
    StoreInfo info =
        merge(
            again(),
            shard -> {
              long shift = store.position() - shard.recordsStart();
              shard.copyRecords(records, store);
              return shift;
            },
            (index, all) -> index.finish(store, all));
    if (info == null) {
      throw new IllegalStateException("a copy does not end early");
    }
    return info;
  }

  private @Nullable StoreInfo merge(Iterator<Path> paths, Records source, End end)
      throws IOException {
    StoreIndex index = files.index();
    try (OpenedPreparation opened = files.open(1)) {
      List<StoreInfo.Source> sources = files.sources();
      Counter counter = new Counter(opened, index);
      boolean all =
          new ShardMerge(opened)
              .run(
                  paths,
                  shard -> {
                    Long shift = source.add(shard);
                    if (shift != null) {
                      counter.add(shard, shift);
                    }
                    return shift != null;
                  });
      if (!all) {
        return null;
      }
      StoreInfo info = opened.info(sources);
      end.write(index, info);
      return info;
    }
  }

  /** Counts videos and adds their segments to an index. */
  private final class Counter {
    private final OpenedPreparation opened;
    private final StoreIndex index;
    private final int total;
    private int done;

    Counter(OpenedPreparation opened, StoreIndex index) {
      this.opened = opened;
      this.index = index;
      total = opened.videos().size();
    }

    void add(ShardReader shard, long shift) {
      for (ShardFormat.Video video : shard.videos()) {
        Split split = opened.add(video.name(), video.infos(), video.statistics());
        video.segments().forEach(entry -> index.add(entry.moved(split, shift)));
        if (++done > reported) {
          reported = done;
          files.settings().progress().prepared(done, total);
        }
      }
    }
  }

  /** Returns the shards, and notes which were read. */
  private Iterator<Path> recorded() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return shards.hasNext();
      }

      @Override
      public Path next() {
        Path next = shards.next();
        read.add(next);
        return next;
      }
    };
  }

  /** Returns all shards, those first that were read. */
  private Iterator<Path> again() {
    Iterator<Path> earlier = List.copyOf(read).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return earlier.hasNext() || shards.hasNext();
      }

      @Override
      public Path next() {
        return earlier.hasNext() ? earlier.next() : shards.next();
      }
    };
  }
}
