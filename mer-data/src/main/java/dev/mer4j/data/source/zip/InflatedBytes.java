package dev.mer4j.data.source.zip;

import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The content of a deflated member. Its first bytes are inflated by themselves, as headers are read
 * there; the whole is inflated once, into the archive's temporary file, when more is read.
 */
final class InflatedBytes implements ByteSource {
  private final ZipMember member;
  private final ByteSource packed;
  private final SpillFile spill;
  private SoftReference<byte[]> head = new SoftReference<>(null);
  private long start = -1;

  InflatedBytes(ZipMember member, ByteSource packed, SpillFile spill) {
    this.member = member;
    this.packed = packed;
    this.spill = spill;
  }

  @Override
  public long length() {
    return member.length();
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    checkRange(position, target.remaining());
    int count = (int) Math.min(ZipMember.HEAD_BYTES, length());
    if (position + target.remaining() <= count) {
      byte[] bytes = head.get();
      if (bytes == null) {
        bytes = Inflation.head(member, packed, count);
        head = new SoftReference<>(bytes);
      }
      target.put(bytes, (int) position, target.remaining());
      return;
    }
    if (start < 0) {
      start = spill.append(member, packed);
    }
    spill.read(start + position, target);
  }

  /** Returns the position within the content. */
  @Override
  public long offset(long position) {
    return position;
  }

  @Override
  public Path file() {
    return packed.file();
  }
}
