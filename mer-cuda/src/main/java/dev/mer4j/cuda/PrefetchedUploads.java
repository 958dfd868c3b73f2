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
 * Batches that travel to the GPU before their step, with all the rows that they have: which of them
 * run is drawn later. There are two places; while a step reads the one, a stream of its own fills
 * the other. The GPU waits by events, not the host.
 */
final class PrefetchedUploads {
  private static final Logger LOG = LoggerFactory.getLogger(PrefetchedUploads.class);

  /** A batch on the GPU. */
  private static final class Place {
    private final DeviceBuffer memory;
    private final DeviceEvent sent;
    private final DeviceEvent read;
    private long[][] offsets = new long[0][];
    private @Nullable Batch batch;
    private boolean reading;

    Place(Device device) {
      memory = device.buffer("batches ahead");
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
  private final List<Place> places;
  private final Object sending = new Object();
  private boolean over;
  private int latest;

  /**
   * @param values how many floats a piece of pinned memory holds
   */
  PrefetchedUploads(Device device, List<Modality> modalities, int values) {
    this.device = device;
    this.modalities = modalities;
    stream = device.stream();
    upload = new StagedUpload(device, stream, values);
    places = List.of(new Place(device), new Place(device));
  }

  /**
   * Starts sending a batch, in the place of the one before the latest if that was never read. Does
   * nothing if the GPU has no room for batches ahead, or after the end.
   *
   * @throws CudaException if the GPU fails
   */
  void send(Batch batch) {
    synchronized (sending) {
      if (over || lackValues(batch)) {
        return;
      }
      try {
        device.use();
        Place place = free();
        fill(place, batch);
        synchronized (this) {
          place.batch = batch;
        }
      } catch (CudaException e) {
        if (!e.isOutOfMemory()) {
          throw e;
        }
        over = true;
        LOG.info("batches are sent in their steps, not ahead: {}", e.getMessage());
      }
    }
  }

  static boolean lackValues(Batch batch) {
    return batch.sequences().values().stream().anyMatch(Sequences::lackValues);
  }

  private synchronized Place free() {
    latest = places.get(1 - latest).reading ? latest : 1 - latest;
    Place place = places.get(latest);
    place.batch = null;
    return place;
  }

  private void fill(Place place, Batch batch) {
    long[] starts = new long[modalities.size()];
    long total = 0;
    place.offsets = new long[modalities.size()][];
    for (int m = 0; m < starts.length; m++) {
      PackedRows rows = rows(batch, m);
      int width = sequences(batch, m).width();
      long[] offsets = new long[batch.size()];
      for (int r = 0; r < rows.count(); r++) {
        offsets[rows.active().rows()[r]] = total + (long) rows.offsets()[r] * width;
      }
      place.offsets[m] = offsets;
      starts[m] = total;
      total = PackedRows.aligned(total + (long) rows.total() * width);
    }
    if (!place.memory.fits(total)) {
      place.read.await();
      place.sent.await();
      place.memory.ensure(total);
    }
    stream.waitFor(place.read);
    for (int m = 0; m < starts.length; m++) {
      long target = place.memory.address() + starts[m] * Float.BYTES;
      upload.send(sequences(batch, m), rows(batch, m).active(), target);
    }
    place.sent.record(stream);
  }

  private Sequences sequences(Batch batch, int m) {
    return batch.sequences().get(modalities.get(m));
  }

  private PackedRows rows(Batch batch, int m) {
    return PackedRows.of(ActiveRows.of(sequences(batch, m), modalities.get(m), batch.presence()));
  }

  /**
   * Has a stream wait for a batch and read it, once.
   *
   * @return whether the batch was sent
   */
  boolean read(Batch batch, DeviceStream reader, Consumer<DeviceRows> use) {
    Place place = claim(batch);
    if (place == null) {
      return false;
    }
    try {
      reader.waitFor(place.sent);
      use.accept(place::address);
      place.read.record(reader);
    } finally {
      synchronized (this) {
        place.reading = false;
      }
    }
    return true;
  }

  /** Of this very batch: one that is only equal may hold other features. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable Place claim(Batch batch) {
    for (Place place : places) {
      if (place.batch == batch) {
        place.batch = null;
        place.reading = true;
        return place;
      }
    }
    return null;
  }

  /** Waits for a batch that is being packed in another thread, and sends no more. */
  void end() {
    synchronized (sending) {
      over = true;
    }
  }
}
