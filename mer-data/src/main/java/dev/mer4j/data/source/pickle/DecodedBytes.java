package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes that a pickle holds as text, decoded on demand. One pass counts them and notes where every
 * 256 KiB begin; reads in ascending order decode nothing twice.
 */
final class DecodedBytes implements ByteSource {
  private static final long INTERVAL = 1 << 18;

  private final ByteSource text;
  private final TextCodec codec;
  private final long[] marks;
  private final long length;
  private SoftReference<ByteCursor> cursor = new SoftReference<>(null);
  private long cursorAt;

  private DecodedBytes(ByteSource text, TextCodec codec, long[] marks, long length) {
    this.text = text;
    this.codec = codec;
    this.marks = marks;
    this.length = length;
  }

  /**
   * Scans a text.
   *
   * @throws PickleFault if it does not stand for bytes
   */
  static DecodedBytes scan(ByteSource text, TextCodec codec) throws IOException {
    long[] marks = new long[1];
    ByteCursor cursor = new ByteCursor(text, 0);
    long count = 0;
    for (; cursor.hasNext(); count++) {
      if (count % INTERVAL == 0) {
        int mark = Math.toIntExact(count / INTERVAL);
        marks = mark == marks.length ? Arrays.copyOf(marks, 2 * mark) : marks;
        marks[mark] = cursor.position();
      }
      codec.next(cursor);
    }
    return new DecodedBytes(text, codec, marks, count);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    checkRange(position, target.remaining());
    try {
      ByteCursor from = cursorAt(position);
      while (target.hasRemaining()) {
        target.put((byte) codec.next(from));
        cursorAt++;
      }
    } catch (PickleFault e) {
      cursor.clear();
      throw new ArrayFormatException(offset(position), e.getMessage());
    } catch (IOException | ArrayFormatException e) {
      cursor.clear();
      throw e;
    }
  }

  private ByteCursor cursorAt(long position) throws IOException {
    long mark = position / INTERVAL;
    ByteCursor from = cursor.get();
    if (from == null || position < cursorAt || cursorAt < mark * INTERVAL) {
      from = new ByteCursor(text, position == length ? text.length() : marks[(int) mark]);
      cursor = new SoftReference<>(from);
      cursorAt = position == length ? length : mark * INTERVAL;
    }
    for (; cursorAt < position; cursorAt++) {
      codec.next(from);
    }
    return from;
  }

  /** Returns where the text of 256 KiB begins that this position is in. */
  @Override
  public long offset(long position) {
    int mark = (int) Math.min(marks.length - 1, Math.max(0, position / INTERVAL));
    return text.offset(marks[mark]);
  }

  @Override
  public Path file() {
    return text.file();
  }
}
