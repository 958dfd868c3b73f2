package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates members in pieces. */
final class Inflation {
  private static final int PIECE_BYTES = 1 << 16;

  private Inflation() {}

  /** Takes pieces of content: the first bytes of an array. */
  interface Sink {
    void accept(byte[] bytes, int count) throws IOException;
  }

  /** Returns the first bytes; if they are all, their checksum is checked. */
  static byte[] head(ZipMember member, ByteSource packed, int count) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(count);
    Sink sink = (bytes, made) -> head.put(bytes, 0, made);
    if (count == member.length()) {
      whole(member, packed, sink);
    } else {
      inflate(member, packed, count, sink);
    }
    return head.array();
  }

  /**
   * Inflates a whole member.
   *
   * @throws ArrayFormatException if it is damaged, by its checksum
   */
  static void whole(ZipMember member, ByteSource packed, Sink sink) throws IOException {
    CRC32 crc = new CRC32();
    inflate(
        member,
        packed,
        member.length(),
        (bytes, count) -> {
          crc.update(bytes, 0, count);
          sink.accept(bytes, count);
        });
    member.requireChecksum(crc, packed);
  }

  private static void inflate(ZipMember member, ByteSource packed, long count, Sink sink)
      throws IOException {
    byte[] in = new byte[PIECE_BYTES];
    byte[] out = new byte[PIECE_BYTES];
    Inflater inflater = new Inflater(true);
    try {
      long read = 0;
      long left = count;
      while (left > 0) {
        int made = inflater.inflate(out, 0, (int) Math.min(out.length, left));
        if (made > 0) {
          sink.accept(out, made);
          left -= made;
        } else if (inflater.needsInput() && read < packed.length()) {
          int part = (int) Math.min(in.length, packed.length() - read);
          packed.read(read, ByteBuffer.wrap(in, 0, part));
          read += part;
          inflater.setInput(in, 0, part);
        } else {
          throw member.damaged(packed, left + " bytes are missing at its end");
        }
      }
    } catch (DataFormatException e) {
      throw member.damaged(packed, "invalid deflate data");
    } finally {
      inflater.end();
    }
  }
}
