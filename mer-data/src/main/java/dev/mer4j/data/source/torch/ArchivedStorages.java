package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.pickle.PickleFault;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipMember;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The storages of an archive, each a member. */
final class ArchivedStorages implements StorageBytes {
  private final ZipArchive archive;
  private final String folder;
  private final Map<String, ByteSource> known = new HashMap<>();

  /**
   * @param folder the prefix of the members' names
   */
  ArchivedStorages(ZipArchive archive, String folder) {
    this.archive = archive;
    this.folder = folder;
  }

  @Override
  public ByteSource bytes(String key, long count, NumberType type) throws IOException {
    String name = folder + key;
    ByteSource bytes = known.get(name);
    if (bytes == null) {
      ZipMember member = archive.members().get(name);
      if (member == null) {
        throw new PickleFault("corrupt: the archive has no storage " + name);
      }
      bytes = TorchReader.stored(archive, member);
      known.put(name, bytes);
    }
    if (bytes.length() != count * type.bytes()) {
      throw StorageBytes.otherLength(name, bytes.length(), count, type);
    }
    return bytes;
  }
}
