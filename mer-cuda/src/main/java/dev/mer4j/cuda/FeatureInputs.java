package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.List;

/** Loads the features of a pass from the host, a prefetched batch or resident memory. */
final class FeatureInputs {
  private static final int STAGED_VALUES = 1 << 20;

  private final List<Modality> modalities;
  private final DeviceStream stream;
  private final Workspace workspace;
  private final StagedUpload upload;
  private final Gather gather;
  private final PrefetchedUploads prefetched;
  private final ResidentFeatures resident;

  FeatureInputs(
      Device device,
      DeviceStream stream,
      List<Modality> modalities,
      Workspace workspace,
      Gather gather) {
    this.modalities = modalities;
    this.stream = stream;
    this.workspace = workspace;
    this.gather = gather;
    upload = new StagedUpload(device, stream, STAGED_VALUES);
    prefetched = new PrefetchedUploads(device, modalities, STAGED_VALUES);
    resident = new ResidentFeatures(device, modalities, upload);
  }

  /** Loads features from the host. */
  void load(PerModality<Sequences> sequences, List<PackedRows> rows) {
    for (int m = 0; m < rows.size(); m++) {
      Sequences own = sequences.get(modalities.get(m));
      upload.send(own, rows.get(m).active(), workspace.inputs(m));
    }
  }

  /** Loads features that are resident or prefetched on the GPU, else from the host. */
  void load(Batch batch, List<PackedRows> rows) {
    if (PrefetchedUploads.lackValues(batch)) {
      gather.run(resident.rows(batch), rows);
    } else if (!prefetched.read(batch, stream, from -> gather.run(from, rows))) {
      load(batch.sequences(), rows);
    }
  }

  void prefetch(Batch batch) {
    prefetched.send(batch);
  }

  FeaturePlacement makeResident(Batcher batches, int maxRows) {
    int[] steps = new int[modalities.size()];
    for (Batch batch : batches.withoutFeatures().inOrder()) {
      for (int m = 0; m < steps.length; m++) {
        int own = batch.sequences().get(modalities.get(m)).steps();
        steps[m] = Math.max(steps[m], own);
      }
    }
    prefetched.retry();
    FeaturePlacement placement = resident.tryUpload(batches, workspace.bytes(maxRows, steps));
    stream.synchronize();
    return placement;
  }

  void releaseResident() {
    resident.release();
  }

  /** Stops prefetching by other threads. */
  void stop() {
    prefetched.stop();
  }
}
