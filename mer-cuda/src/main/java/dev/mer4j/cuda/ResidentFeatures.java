package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The features of all segments of a training in the GPU's memory. They are sent as a batcher's
 * batches, so they have the same bits as those that its steps would have been given.
 */
final class ResidentFeatures {
  /** For what is neither features nor a pass: parameters, their moments, the head. */
  private static final long OTHERWISE_NEEDED = 64L << 20;

  private final Device device;
  private final List<Modality> modalities;
  private final StagedUpload upload;
  private final DeviceBuffer memory;
  private final Map<SegmentId, long[]> offsets = new HashMap<>();

  ResidentFeatures(Device device, List<Modality> modalities, StagedUpload upload) {
    this.device = device;
    this.modalities = modalities;
    this.upload = upload;
    memory = device.buffer("resident features");
  }

  /**
   * Sends the features if they fit, in place of those that were resident before.
   *
   * @param passBytes what the largest pass needs
   */
  FeaturePlacement keep(Batcher batches, long passBytes) {
    release();
    long values = batches.values() + padding(batches);
    long bytes = values * Float.BYTES;
    long reserve = passBytes + OTHERWISE_NEEDED;
    long free = device.freeBytes();
    if (bytes > free - reserve) {
      return new FeaturePlacement(
          false,
          String.format(
              Locale.ROOT,
              "features are sent to the GPU a batch ahead: all of them take %,d MiB, of its memory"
                  + " %,d MiB are free, and %,d MiB of these are reserved for passes",
              mebibytes(bytes),
              free >> 20,
              mebibytes(reserve)));
    }
    try {
      fill(batches, values);
    } catch (RuntimeException e) {
      Device.closeAfter(e, memory);
      offsets.clear();
      if (e instanceof CudaException refused && refused.isOutOfMemory()) {
        return new FeaturePlacement(
            false, "features are sent to the GPU a batch ahead: " + e.getMessage());
      }
      throw e;
    }
    return new FeaturePlacement(
        true,
        String.format(
            Locale.ROOT,
            "features of %,d segments stay on the GPU, %,d MiB; steps send none",
            offsets.size(),
            mebibytes(bytes)));
  }

  /** What lies between the modalities' rows, at most. */
  private long padding(Batcher batches) {
    return PackedRows.aligned(1) * batches.batches() * modalities.size();
  }

  private void fill(Batcher batches, long values) {
    memory.ensure(values);
    long next = 0;
    for (Batch batch : batches.inOrder()) {
      for (int b = 0; b < batch.size(); b++) {
        offsets.put(batch.segments().get(b).id(), new long[modalities.size()]);
      }
      for (int m = 0; m < modalities.size(); m++) {
        Sequences sequences = batch.sequences().get(modalities.get(m));
        ActiveRows active = ActiveRows.of(sequences, modalities.get(m), batch.presence());
        upload.send(sequences, active, memory.address() + next * Float.BYTES);
        for (int r = 0; r < active.count(); r++) {
          offsetsOf(batch, active.rows()[r])[m] = next;
          next += (long) active.lengths()[r] * sequences.width();
        }
        next = PackedRows.aligned(next);
      }
    }
  }

  /**
   * Where a batch's rows lie; a segment that is not resident throws {@link IllegalStateException}.
   */
  DeviceRows rows(Batch batch) {
    return (modality, row) -> memory.address() + offsetsOf(batch, row)[modality] * Float.BYTES;
  }

  private long[] offsetsOf(Batch batch, int row) {
    SegmentId id = batch.segments().get(row).id();
    long[] own = offsets.get(id);
    if (own == null) {
      throw new IllegalStateException(
          "a batch has no features, and those of " + id + " are not resident");
    }
    return own;
  }

  /** Frees their memory, if any are resident. */
  void release() {
    device.use();
    offsets.clear();
    memory.close();
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
