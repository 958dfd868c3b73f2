package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** An archive whose members are read by position; deflated ones through a temporary file. */
public final class ZipArchive implements Closeable {
  /** Deflate makes nothing smaller by more than this. */
  private static final long BEST_RATIO = 1032;

  private final ByteSource archive;
  private final Map<String, ZipMember> members;
  private final SpillFile spill = new SpillFile();

  public ZipArchive(ByteSource archive, ZipDirectory directory) {
    this.archive = archive;
    members = directory.members();
  }

  /** Returns the members by name. */
  public Map<String, ZipMember> members() {
    return members;
  }

  /**
   * Returns the content of a member, whose checksum is checked when it is read.
   *
   * @throws ArrayFormatException if it extends beyond the archive's end or has another compression
   */
  public ByteSource content(ZipMember member) throws IOException {
    ByteSource packed = member.packed(archive);
    if (member.isStored()) {
      return new StoredBytes(member, packed);
    }
    if (!member.isDeflated()) {
      throw packed.fault(
          0,
          "unsupported: member "
              + member.name()
              + " is compressed by method "
              + member.method()
              + "; save it uncompressed");
    }
    if (member.length() / BEST_RATIO > member.packedLength()) {
      throw packed.fault(0, "corrupt: member " + member.name() + " claims an impossible length");
    }
    return new InflatedBytes(member, packed, spill);
  }

  /**
   * Returns the bytes of a member in the archive, whose checksum is not checked.
   *
   * @throws ArrayFormatException if they extend beyond the archive's end
   */
  public ByteSource packed(ZipMember member) throws IOException {
    return member.packed(archive);
  }

  @Override
  public void close() throws IOException {
    spill.close();
  }
}
