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
import java.util.Optional;

/**
 * The features of all training segments in GPU memory. They are uploaded from the batcher's
 * batches, so they are bit-identical to those of prefetched batches.
 */
final class ResidentFeatures {
  /** Reserved for parameters, their moments and the head. */
  private static final long RESERVED_BYTES = 64L << 20;

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
   * Uploads the features if they fit, and replaces the previous ones.
   *
   * @param passBytes the memory of the largest pass
   */
  FeaturePlacement tryUpload(Batcher batches, long passBytes) {
    release();
    if (!batches.isResidentAllowed()) {
      return new FeaturePlacement(
          false, "features are prefetched to the GPU batch by batch: they change after packing");
    }
    long values = batches.values() + padding(batches);
    long bytes = values * Float.BYTES;
    long reserve = passBytes + RESERVED_BYTES;
    long free = device.freeBytes();
    if (bytes > free - reserve) {
      return new FeaturePlacement(
          false,
          String.format(
              Locale.ROOT,
              "features are prefetched to the GPU batch by batch: all of them take %,d MiB, %,d MiB of GPU memory are free, of which %,d MiB are reserved for passes",
              mebibytes(bytes),
              free >> 20,
              mebibytes(reserve)));
    }
    try {
      Optional<SegmentId> repeated = fill(batches, values);
      if (repeated.isPresent()) {
        release();
        return new FeaturePlacement(
            false,
            "features are prefetched to the GPU batch by batch: several segments have the id "
                + repeated.get());
      }
    } catch (RuntimeException | Error e) {
      Device.closeAfter(e, memory);
      offsets.clear();
      if (e instanceof CudaException refused && refused.isOutOfMemory()) {
        return new FeaturePlacement(
            false, "features are prefetched to the GPU batch by batch: " + e.getMessage());
      }
      throw e;
    }
    return new FeaturePlacement(
        true,
        String.format(
            Locale.ROOT,
            "the features of %,d segments are resident on the GPU, %,d MiB",
            offsets.size(),
            mebibytes(bytes)));
  }

  /** Returns the maximum padding between the modalities' rows. */
  private long padding(Batcher batches) {
    return PackedRows.aligned(1) * batches.batches() * modalities.size();
  }

  /** Uploads the features, up to the first segment whose id occurred before, which it returns. */
  private Optional<SegmentId> fill(Batcher batches, long values) {
    memory.ensure(values);
    long next = 0;
    for (Batch batch : batches.inOrder()) {
      for (int b = 0; b < batch.size(); b++) {
        SegmentId id = batch.segments().get(b).id();
        if (offsets.put(id, new long[modalities.size()]) != null) {
          return Optional.of(id);
        }
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
    return Optional.empty();
  }

  /**
   * Returns the addresses of a batch's rows, which throw {@link IllegalStateException} for a
   * segment that is not resident.
   */
  DeviceRows rows(Batch batch) {
    return (modality, row) -> memory.address() + offsetsOf(batch, row)[modality] * Float.BYTES;
  }

  private long[] offsetsOf(Batch batch, int row) {
    SegmentId id = batch.segments().get(row).id();
    long[] own = offsets.get(id);
    if (own == null) {
      throw new IllegalStateException(
          "the batch has no features, and segment " + id + " is not resident");
    }
    return own;
  }

  /** Frees the memory, if features are resident. */
  void release() {
    device.use();
    offsets.clear();
    memory.close();
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
