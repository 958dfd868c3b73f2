package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.pickle.PickleFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storages that follow the pickle which refers to them: their positions are known later. */
final class FollowingStorages implements StorageBytes {
  private final ByteSource file;
  private final Map<String, Storage> storages = new LinkedHashMap<>();

  FollowingStorages(ByteSource file) {
    this.file = file;
  }

  @Override
  public ByteSource bytes(String key, long count, NumberType type) {
    Storage storage = storages.computeIfAbsent(key, unseen -> new Storage(file, count, type));
    if (storage.length() != count * type.bytes()) {
      throw StorageBytes.otherLength(key, storage.length(), count, type);
    }
    return storage;
  }

  /**
   * Sets the position of a storage.
   *
   * @param count the number of its numbers in the file
   * @return the number of its bytes
   * @throws PickleFault if no tensor refers to it, or it has another length
   */
  long place(String key, long count, long position) {
    Storage storage = storages.get(key);
    if (storage == null || storage.content != null) {
      throw new PickleFault("corrupt: storage " + key + " is listed twice or belongs to no tensor");
    }
    if (count != storage.count) {
      throw new PickleFault(
          "corrupt: storage " + key + " has " + count + " numbers, not " + storage.count);
    }
    storage.content = file.slice(position, storage.length());
    return storage.length();
  }

  /**
   * Checks that all storages have a position.
   *
   * @throws PickleFault if one has none
   */
  void requireAll() {
    storages.forEach(
        (key, storage) -> {
          if (storage.content == null) {
            throw new PickleFault("corrupt: the file has no storage " + key);
          }
        });
  }

  /** The bytes of a storage. */
  private static final class Storage implements ByteSource {
    private final ByteSource file;
    private final long count;
    private final NumberType type;
    private @Nullable ByteSource content;

    Storage(ByteSource file, long count, NumberType type) {
      this.file = file;
      this.count = count;
      this.type = type;
    }

    @Override
    public long length() {
      return count * type.bytes();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
      content().read(position, target);
    }

    private ByteSource content() {
      ByteSource found = content;
      if (found == null) {
        throw new IllegalStateException("read before its position is known");
      }
      return found;
    }

    @Override
    public long offset(long position) {
      ByteSource found = content;
      return found == null ? file.offset(0) : found.offset(position);
    }

    @Override
    public Path file() {
      return file.file();
    }
  }
}
