package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The content of a member without compression. Its checksum is checked once, when more is read than
 * a header.
 */
final class StoredBytes implements ByteSource {
  private static final int PIECE_BYTES = 1 << 16;

  private final ZipMember member;
  private final ByteSource packed;
  private boolean checked;

  StoredBytes(ZipMember member, ByteSource packed) {
    this.member = member;
    this.packed = packed;
  }

  @Override
  public long length() {
    return packed.length();
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    checkRange(position, target.remaining());
    boolean head =
        position + target.remaining() <= ZipMember.HEAD_BYTES && length() > ZipMember.HEAD_BYTES;
    if (!checked && !head) {
      check();
      checked = true;
    }
    packed.read(position, target);
  }

  private void check() throws IOException {
    CRC32 crc = new CRC32();
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, length()));
    for (long at = 0; at < length(); at += piece.capacity()) {
      piece.clear().limit((int) Math.min(piece.capacity(), length() - at));
      packed.read(at, piece);
      crc.update(piece.flip());
    }
    member.requireChecksum(crc, packed);
  }

  @Override
  public long offset(long position) {
    return packed.offset(position);
  }

  @Override
  public Path file() {
    return packed.file();
  }
}
