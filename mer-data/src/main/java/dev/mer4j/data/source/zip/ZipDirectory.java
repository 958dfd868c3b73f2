package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The central directory of an archive, with 32 or 64 bit lengths. Source: PKWARE's APPNOTE.TXT
 * 6.3.10.
 */
public final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final int LOCATOR64_BYTES = 20;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int MEMBER_SIGNATURE = 0x02014b50;
  private static final int MEMBER_BYTES = 46;
  private static final long LARGEST_DIRECTORY = 1 << 26;
  private static final long UNKNOWN = 0xFFFFFFFFL;
  private static final long LOW_BITS = 0xFFFF;
  private static final int ENCRYPTED = 1;

  private final ByteSource archive;
  private final Map<String, ZipMember> members = new LinkedHashMap<>();

  private ZipDirectory(ByteSource archive) {
    this.archive = archive;
  }

  /**
   * Reads the directory.
   *
   * @throws ArrayFormatException if the archive is truncated or damaged
   */
  public static ZipDirectory read(ByteSource archive) throws IOException {
    ZipDirectory directory = new ZipDirectory(archive);
    long end = directory.end();
    ByteBuffer record = archive.read(end, END_BYTES);
    long length = record.getInt(12) & UNKNOWN;
    long start = record.getInt(16) & UNKNOWN;
    long count = record.getShort(10) & LOW_BITS;
    if (end >= LOCATOR64_BYTES) {
      ByteBuffer locator = archive.read(end - LOCATOR64_BYTES, LOCATOR64_BYTES);
      if (locator.getInt(0) == LOCATOR64_SIGNATURE) {
        ByteBuffer record64 = archive.read(locator.getLong(8), END64_BYTES);
        if (record64.getInt(0) != END64_SIGNATURE) {
          throw archive.fault(end, "corrupt: the archive's directory is not where it should be");
        }
        length = record64.getLong(40);
        start = record64.getLong(48);
        count = record64.getLong(32);
      }
    }
    if (length < 0 || length > LARGEST_DIRECTORY) {
      throw archive.fault(end, "corrupt: an archive's directory of " + length + " bytes");
    }
    directory.readMembers(archive.read(start, (int) length), start);
    // Some writers omit the record of 64 bits, and then write the lowest bits of the number.
    if ((count & LOW_BITS) != (directory.members.size() & LOW_BITS)) {
      throw archive.fault(
          end,
          String.format(
              Locale.ROOT,
              "corrupt: the archive's directory has %d of %d members",
              directory.members.size(),
              count));
    }
    return directory;
  }

  /** Returns the members by name, in the archive's order. */
  public Map<String, ZipMember> members() {
    return members;
  }

  private long end() throws IOException {
    int count = (int) Math.min(archive.length(), END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = archive.read(archive.length() - count, count);
    for (int at = count - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && (tail.getShort(at + 20) & 0xFFFF) == count - at - END_BYTES) {
        return archive.length() - count + at;
      }
    }
    throw archive.fault(
        archive.length(), "truncated: a ZIP archive without its directory; download it again");
  }

  private void readMembers(ByteBuffer directory, long start) {
    try {
      while (directory.hasRemaining()) {
        readMember(directory, start + directory.position());
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw archive.fault(start, "corrupt: the archive's directory is cut off");
    }
  }

  private void readMember(ByteBuffer directory, long offset) {
    int at = directory.position();
    if (directory.getInt(at) != MEMBER_SIGNATURE) {
      throw archive.fault(offset, "corrupt: the archive's directory has an entry that is none");
    }
    int flags = directory.getShort(at + 8);
    int method = directory.getShort(at + 10) & 0xFFFF;
    long crc = directory.getInt(at + 16) & UNKNOWN;
    List<Long> lengths = new ArrayList<>();
    lengths.add(directory.getInt(at + 24) & UNKNOWN);
    lengths.add(directory.getInt(at + 20) & UNKNOWN);
    lengths.add(directory.getInt(at + 42) & UNKNOWN);
    byte[] nameBytes = new byte[directory.getShort(at + 28) & 0xFFFF];
    byte[] extra = new byte[directory.getShort(at + 30) & 0xFFFF];
    int comment = directory.getShort(at + 32) & 0xFFFF;
    directory.position(at + MEMBER_BYTES);
    directory.get(nameBytes).get(extra);
    directory.get(new byte[comment]);
    String name = new String(nameBytes, StandardCharsets.UTF_8);
    if ((flags & ENCRYPTED) != 0) {
      throw archive.fault(offset, "unsupported: member " + name + " is encrypted");
    }
    replaceUnknown(lengths, ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN));
    ZipMember member =
        new ZipMember(name, method, lengths.get(1), lengths.get(0), crc, lengths.get(2));
    if (member.length() < 0
        || (member.isStored() && member.packedLength() != member.length())
        || members.put(name, member) != null) {
      throw archive.fault(offset, "corrupt: member " + name + " has impossible lengths or a twin");
    }
  }

  /** Takes from the extra field of 64-bit lengths those that do not fit 32 bits. */
  private static void replaceUnknown(List<Long> lengths, ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int kind = extra.getShort();
      int size = extra.getShort() & 0xFFFF;
      ByteBuffer field = extra.slice(extra.position(), size).order(ByteOrder.LITTLE_ENDIAN);
      extra.position(extra.position() + size);
      for (int i = 0; kind == 1 && i < lengths.size(); i++) {
        if (lengths.get(i) == UNKNOWN) {
          lengths.set(i, field.getLong());
        }
      }
    }
  }
}
