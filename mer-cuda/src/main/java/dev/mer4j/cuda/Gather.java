package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import java.nio.ByteBuffer;
import java.util.List;

/** Copies the rows of a pass within GPU memory to the pass's inputs. */
final class Gather {
  /** The constants of {@code src/main/cuda/gather.cu}. */
  private static final int PIECE = 4096;

  private static final int THREADS = 256;

  /** The size of {@code FeatureRow} in {@code src/main/cuda/layout.cuh}, in four-byte values. */
  private static final int ROW_VALUES = 6;

  private final DeviceStream stream;
  private final Kernel kernel;
  private final List<Integer> widths;
  private final Workspace workspace;
  private final DeviceBuffer table;
  private final PinnedBuffer sent;

  /**
   * @param widths D of each modality
   */
  Gather(
      Device device,
      DeviceStream stream,
      Kernel kernel,
      List<Integer> widths,
      Workspace workspace) {
    this.stream = stream;
    this.kernel = kernel;
    this.widths = widths;
    this.workspace = workspace;
    table = device.buffer("rows to gather");
    sent = device.pinned("rows to gather");
  }

  /** Enqueues the copy; the stream must be idle. */
  void run(DeviceRows from, List<PackedRows> modalities) {
    int rows = modalities.stream().mapToInt(PackedRows::count).sum();
    if (rows == 0) {
      return;
    }
    ByteBuffer entries = sent.bytes(ROW_VALUES * rows);
    int longest = 0;
    for (int m = 0; m < modalities.size(); m++) {
      PackedRows packed = modalities.get(m);
      int width = widths.get(m);
      for (int r = 0; r < packed.count(); r++) {
        int values = packed.active().lengths()[r] * width;
        entries
            .putLong(from.address(m, packed.active().rows()[r]))
            .putLong(workspace.inputs(m) + (long) packed.offsets()[r] * width * Float.BYTES)
            .putInt(values)
            .putInt(0);
        longest = Math.max(longest, values);
      }
    }
    stream.upload(table.ensure((long) ROW_VALUES * rows), sent, (long) ROW_VALUES * rows);
    Launch launch = new Launch(rows, (longest + PIECE - 1) / PIECE, 1, THREADS);
    kernel.launch(stream, launch, new Arguments().address(table.address()));
  }
}
