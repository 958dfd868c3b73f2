package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceEvent;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import dev.mer4j.data.batch.Sequences;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Copies features to the GPU through two pinned buffers: while one is copied, the other is filled.
 */
final class StagedUpload {
  private record Stage(PinnedBuffer memory, FloatBuffer view, DeviceEvent sent) {}

  private final DeviceStream stream;
  private final List<Stage> stages;
  private int stage;
  private long target;

  /**
   * @param values the number of floats of a buffer
   */
  StagedUpload(Device device, DeviceStream stream, int values) {
    this.stream = stream;
    this.stages = List.of(stage(device, values), stage(device, values));
  }

  private static Stage stage(Device device, int values) {
    PinnedBuffer memory = device.pinned("staged inputs");
    return new Stage(memory, memory.floats(values), device.event());
  }

  /** Enqueues the copy of one modality's active rows, concatenated. */
  void send(Sequences sequences, ActiveRows active, long target) {
    this.target = target;
    next();
    int width = sequences.width();
    for (int r = 0; r < active.count(); r++) {
      int row = active.rows()[r];
      int steps = active.lengths()[r];
      if (sequences.layout() == Sequences.Layout.BATCH_FIRST) {
        put(sequences.values(), sequences.offset(row, 0), steps * width);
      } else {
        for (int t = 0; t < steps; t++) {
          put(sequences.values(), sequences.offset(row, t), width);
        }
      }
    }
    flush();
  }

  private void put(float[] values, int from, int count) {
    int done = 0;
    while (done < count) {
      if (!current().view().hasRemaining()) {
        flush();
        next();
      }
      int part = Math.min(count - done, current().view().remaining());
      current().view().put(values, from + done, part);
      done += part;
    }
  }

  private Stage current() {
    return stages.get(stage);
  }

  private void next() {
    stage = 1 - stage;
    current().sent().await();
    current().view().clear();
  }

  private void flush() {
    int values = current().view().position();
    if (values > 0) {
      stream.upload(target, current().memory(), values);
      current().sent().record(stream);
      target += (long) values * Float.BYTES;
    }
  }
}
