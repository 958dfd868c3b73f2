package dev.mer4j.data.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A file of any size as memory: windows that overlap by half, so that every record lies wholly
 * within one of them. Safe for use by several threads.
 */
final class MappedFloats {
  static final int LONGEST_RECORD = 1 << 29;

  private final int stride;
  private final MappedByteBuffer[] windows;
  private final FloatBuffer[] floats;

  /**
   * Maps a file's first {@code size} bytes.
   *
   * @param stride half of a window, a multiple of 4; no record may be longer
   */
  MappedFloats(FileChannel channel, long size, int stride) throws IOException {
    this.stride = stride;
    windows = new MappedByteBuffer[(int) Math.max(1, (size + stride - 1) / stride)];
    floats = new FloatBuffer[windows.length];
    for (int w = 0; w < windows.length; w++) {
      long start = (long) w * stride;
      windows[w] = channel.map(MapMode.READ_ONLY, start, Math.min(2L * stride, size - start));
      windows[w].order(ByteOrder.LITTLE_ENDIAN);
      floats[w] = windows[w].asFloatBuffer();
    }
  }

  void read(long offset, Precision precision, float[] target, int at, int count) {
    int window = (int) (offset / stride);
    int within = (int) (offset % stride);
    switch (precision) {
      case FLOAT32 -> floats[window].get(within / Float.BYTES, target, at, count);
      case FLOAT16 -> {
        MappedByteBuffer bytes = windows[window];
        for (int i = 0; i < count; i++) {
          target[at + i] = Float16.value(bytes.getShort(within + i * Short.BYTES));
        }
      }
    }
  }

  ByteBuffer bytes(long offset, int length) {
    return windows[(int) (offset / stride)].slice((int) (offset % stride), length);
  }
}
