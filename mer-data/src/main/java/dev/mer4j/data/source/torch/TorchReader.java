package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.pickle.PickleReader;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipMember;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the archives of {@code torch.save}, whose records are in one folder. */
public final class TorchReader {
  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_ORDER = 16;

  /** The number that the format before torch 1.6 starts with, as a pickle of protocol 2. */
  private static final byte[] LEGACY_START = {
    (byte) 0x80, 2, (byte) 0x8A, 10, 0x6C, (byte) 0xFC, (byte) 0x9C, 0x46, (byte) 0xF9
  };

  private TorchReader() {}

  /** Returns whether an archive is one. */
  public static boolean matches(ZipArchive archive) {
    return pickle(archive).isPresent();
  }

  /** Returns whether the first bytes are those of torch before 1.6, which is not supported. */
  public static boolean isLegacy(byte[] start) {
    for (int i = 0; i < LEGACY_START.length; i++) {
      if (start.length <= i || start[i] != LEGACY_START[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the saved object.
   *
   * @throws ArrayFormatException if it is damaged, compressed, or requests anything but tensors and
   *     what a pickle may have
   */
  public static Node read(ZipArchive archive) throws IOException {
    ZipMember pickle = pickle(archive).orElseThrow();
    String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
    ByteOrder order = order(archive, archive.members().get(folder + "byteorder"));
    TorchStorages storages = new TorchStorages(archive, folder + "data/", order);
    return PickleReader.read(stored(archive, pickle), storages);
  }

  /** Returns the content of a member, which torch never compresses. */
  static ByteSource stored(ZipArchive archive, ZipMember member) throws IOException {
    if (!member.isStored()) {
      throw new ArrayFormatException(
          member.header(),
          "unsupported: record "
              + member.name()
              + " is compressed, which torch.save does not do; save the file with torch.save again");
    }
    return archive.content(member);
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
