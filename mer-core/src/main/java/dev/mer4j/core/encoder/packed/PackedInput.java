package dev.mer4j.core.encoder.packed;

import dev.mer4j.core.cpu.NativeBuffer;
import dev.mer4j.data.batch.Sequences;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** One modality's features as a native matrix [S, D], read by both directions. */
final class PackedInput implements AutoCloseable {
  private final NativeBuffer memory = new NativeBuffer();

  void fill(Sequences sequences, PackedRows packed) {
    int width = sequences.width();
    FloatBuffer target = memory.ensureView((long) packed.total() * width);
    for (int r = 0; r < packed.batch(); r++) {
      for (int t = 0; t < packed.lengths()[r]; t++) {
        target.put(
            (packed.starts()[t] + r) * width,
            sequences.values(),
            sequences.offset(packed.rows()[r], t),
            width);
      }
    }
  }

  FloatPointer matrix() {
    return memory.ensure(1);
  }

  @Override
  public void close() {
    memory.close();
  }
}
