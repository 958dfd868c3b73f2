package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.pickle.HeapBudget;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.pickle.PickleReader;
import dev.mer4j.data.source.pickle.PickleSequence;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipDirectory;
import dev.mer4j.data.source.zip.ZipMember;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code torch.save} writes: archives, whose records are in one folder, and files of the
 * format before torch 1.6.
 */
public final class TorchReader {
  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_ORDER = 16;

  private TorchReader() {}

  /** Returns whether an archive is one. */
  public static boolean matches(ZipArchive archive) {
    return pickle(archive).isPresent();
  }

  /** Returns whether the first bytes are those of a file of the format before torch 1.6. */
  public static boolean isLegacy(byte[] start) {
    return LegacyFile.matches(start);
  }

  /**
   * Returns the saved object of a file of the format before torch 1.6.
   *
   * @throws ArrayFormatException if it is damaged, or requests anything but tensors and what a
   *     pickle may have
   */
  public static Node readLegacy(ByteSource file) throws IOException {
    return LegacyFile.read(file);
  }

  /** Returns the additions of pickles that contain tensors, which torch did not save itself. */
  public static PickleExtension nested() {
    return new NestedTensors();
  }

  /**
   * Returns the saved object.
   *
   * @throws ArrayFormatException if it is damaged, compressed, or requests anything but tensors and
   *     what a pickle may have
   */
  public static Node read(ZipArchive archive) throws IOException {
    ZipMember pickle = pickle(archive).orElseThrow();
    return PickleReader.read(stored(archive, pickle), storages(archive, pickle));
  }

  /** Returns the saved object as another pickle contains it. */
  static Object readObject(ByteSource file, HeapBudget heap) throws IOException {
    ZipArchive archive = new ZipArchive(file, ZipDirectory.read(file));
    ZipMember pickle =
        pickle(archive).orElseThrow(() -> file.fault(0, "corrupt: not what torch.save writes"));
    return new PickleSequence(stored(archive, pickle), heap).nextObject(storages(archive, pickle));
  }

  private static TorchStorages storages(ZipArchive archive, ZipMember pickle) throws IOException {
    String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
    ByteOrder order = order(archive, archive.members().get(folder + "byteorder"));
    return new TorchStorages(new ArchivedStorages(archive, folder + "data/"), order);
  }

  /**
   * Returns the content of a member, which torch never compresses. As in torch, its checksum is not
   * checked: torch does not always write it (pytorch/pytorch, pull request 125184).
   */
  static ByteSource stored(ZipArchive archive, ZipMember member) throws IOException {
    if (!member.isStored()) {
      throw new ArrayFormatException(
          member.header(),
          "unsupported: record "
              + member.name()
              + " is compressed, which torch.save does not do; save the file with torch.save again");
    }
    return archive.packed(member);
  }

  private static Optional<ZipMember> pickle(ZipArchive archive) {
    for (Map.Entry<String, ZipMember> member : archive.members().entrySet()) {
      String name = member.getKey();
      if (name.equals(PICKLE) || name.endsWith("/" + PICKLE)) {
        return Optional.of(member.getValue());
      }
    }
    return Optional.empty();
  }

  private static ByteOrder order(ZipArchive archive, @Nullable ZipMember record)
      throws IOException {
    if (record == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    ByteSource content = stored(archive, record);
    int count = (int) Math.min(LONGEST_ORDER, content.length());
    String order = new String(content.bytes(0, count), StandardCharsets.ISO_8859_1);
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw content.fault(0, "corrupt: the order of bytes is '" + order + "'");
    };
  }
}
