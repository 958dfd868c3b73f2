package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceEvent;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads batches to the GPU before their step. All rows are uploaded, because modality dropout is
 * drawn later. There are two buffers: while a step reads one, a separate stream fills the other.
 * The GPU waits on events; the host does not wait.
 */
final class PrefetchedUploads {
  private static final Logger LOG = LoggerFactory.getLogger(PrefetchedUploads.class);

  /** The buffer of a batch on the GPU. */
  private static final class Slot {
    private final DeviceBuffer memory;
    private final DeviceEvent sent;
    private final DeviceEvent read;
    private long[][] offsets = new long[0][];
    private @Nullable Batch batch;
    private boolean reading;

    Slot(Device device) {
      memory = device.buffer("prefetched batches");
      sent = device.event();
      read = device.event();
    }

    long address(int modality, int row) {
      return memory.address() + offsets[modality][row] * Float.BYTES;
    }
  }

  private final Device device;
  private final List<Modality> modalities;
  private final DeviceStream stream;
  private final StagedUpload upload;
  private final List<Slot> slots;
  private final Object sendLock = new Object();
  private boolean stopped;
  private boolean full;
  private int latest;

  /**
   * @param values the number of floats in a pinned staging buffer
   */
  PrefetchedUploads(Device device, List<Modality> modalities, int values) {
    this.device = device;
    this.modalities = modalities;
    stream = device.stream();
    upload = new StagedUpload(device, stream, values);
    slots = List.of(new Slot(device), new Slot(device));
  }

  /**
   * Starts uploading a batch. It replaces the second latest batch, even if that was never read. Has
   * no effect after {@link #stop}, or once GPU memory is full, until {@link #retry}.
   *
   * @throws CudaException if the GPU fails
   */
  void send(Batch batch) {
    synchronized (sendLock) {
      if (stopped || full || lackValues(batch)) {
        return;
      }
      try {
        device.use();
        Slot slot = nextSlot();
        fill(slot, batch);
        synchronized (this) {
          slot.batch = batch;
        }
      } catch (CudaException e) {
        if (!e.isOutOfMemory()) {
          throw e;
        }
        full = true;
        LOG.info("batches are not prefetched to the GPU: {}", e.getMessage());
      }
    }
  }

  static boolean lackValues(Batch batch) {
    return batch.sequences().values().stream().anyMatch(Sequences::lackValues);
  }

  private synchronized Slot nextSlot() {
    latest = slots.get(1 - latest).reading ? latest : 1 - latest;
    Slot slot = slots.get(latest);
    slot.batch = null;
    return slot;
  }

  private void fill(Slot slot, Batch batch) {
    long[] starts = new long[modalities.size()];
    long total = 0;
    slot.offsets = new long[modalities.size()][];
    for (int m = 0; m < starts.length; m++) {
      PackedRows rows = rows(batch, m);
      int width = sequences(batch, m).width();
      long[] offsets = new long[batch.size()];
      for (int r = 0; r < rows.count(); r++) {
        offsets[rows.active().rows()[r]] = total + (long) rows.offsets()[r] * width;
      }
      slot.offsets[m] = offsets;
      starts[m] = total;
      total = PackedRows.aligned(total + (long) rows.total() * width);
    }
    if (!slot.memory.fits(total)) {
      slot.read.await();
      slot.sent.await();
      slot.memory.ensure(total);
    }
    stream.waitFor(slot.read);
    for (int m = 0; m < starts.length; m++) {
      long target = slot.memory.address() + starts[m] * Float.BYTES;
      upload.send(sequences(batch, m), rows(batch, m).active(), target);
    }
    slot.sent.record(stream);
  }

  private Sequences sequences(Batch batch, int m) {
    return batch.sequences().get(modalities.get(m));
  }

  private PackedRows rows(Batch batch, int m) {
    return PackedRows.of(ActiveRows.of(sequences(batch, m), modalities.get(m), batch.presence()));
  }

  /**
   * Makes a stream wait for a batch and read it, once.
   *
   * @return whether the batch was uploaded
   */
  boolean read(Batch batch, DeviceStream reader, Consumer<DeviceRows> use) {
    Slot slot = claim(batch);
    if (slot == null) {
      return false;
    }
    try {
      reader.waitFor(slot.sent);
      use.accept(slot::address);
      slot.read.record(reader);
    } finally {
      synchronized (this) {
        slot.reading = false;
      }
    }
    return true;
  }

  /** Returns the buffer of this same batch object: an equal batch may have other features. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable Slot claim(Batch batch) {
    for (Slot slot : slots) {
      if (slot.batch == batch) {
        slot.batch = null;
        slot.reading = true;
        return slot;
      }
    }
    return null;
  }

  /** Uploads batches again even if GPU memory was full. */
  void retry() {
    synchronized (sendLock) {
      full = false;
    }
  }

  /** Waits for an upload in progress in another thread and stops uploading. */
  void stop() {
    synchronized (sendLock) {
      stopped = true;
    }
  }
}
