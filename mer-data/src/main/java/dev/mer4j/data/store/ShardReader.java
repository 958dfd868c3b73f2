package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.PerModality;
import dev.mer4j.file.IoReason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the videos of shards, one shard after the other. */
final class ShardReader implements VideoSource {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ShardFormat format;
  private final PerModality<Integer> widths;
  private final Iterator<Path> shards;
  private @Nullable Path shard;
  private @Nullable DataInputStream in;

  ShardReader(ShardFormat format, PerModality<Integer> widths, List<Path> shards) {
    this.format = format;
    this.widths = widths;
    this.shards = shards.iterator();
  }

  @Override
  public PreparedVideo next(String name) {
    try {
      DataInputStream open = open(name);
      return format.read(shard, name, widths, open);
    } catch (EOFException e) {
      throw new FileException(shard, "is truncated; prepare the data again", e);
    } catch (IOException e) {
      throw new FileException(shard, "cannot be read: " + IoReason.of(e), e);
    }
  }

  private DataInputStream open(String name) throws IOException {
    DataInputStream open = in;
    while (open == null || isAtEnd(open)) {
      close();
      if (!shards.hasNext()) {
        throw new FileException(shard == null ? Path.of("shard") : shard, "lacks " + name);
      }
      shard = shards.next();
      open =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(shard), BUFFER_BYTES));
      in = open;
      if (open.readLong() != ShardFormat.MAGIC) {
        throw new FileException(shard, "is not a shard of a store");
      }
    }
    return open;
  }

  private static boolean isAtEnd(DataInputStream open) throws IOException {
    open.mark(1);
    boolean end = open.read() < 0;
    open.reset();
    return end;
  }

  @Override
  public void close() {
    DataInputStream open = in;
    in = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new FileException(shard, "cannot be closed: " + IoReason.of(e), e);
    }
  }
}
