package dev.mer4j.data.batch;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.data.label.LabelSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads, standardizes and pads the segments of one batch. Thread-safe.
 *
 * @param features whether sequences have values, or only lengths
 * @param readPadding whether sequences of present modalities include their padding
 */
record BatchPacker(
    SegmentSet segments,
    LabelSet labels,
    Layout layout,
    PerModality<ColumnScaler> scalers,
    boolean features,
    boolean readPadding) {

  BatchPacker withoutFeatures() {
    return new BatchPacker(segments, labels, layout, scalers, false, readPadding);
  }

  /**
   * Returns the batch of these segments; segments excluded by the label scheme have targets of 0.
   *
   * @throws dev.mer4j.ConfigException if the features of a modality do not fit into an array
   */
  Batch pack(int[] rows) {
    List<SegmentInfo> infos = new ArrayList<>(rows.length);
    List<ModalitySet> present = new ArrayList<>(rows.length);
    int classes = labels.classCount();
    float[] targets = new float[rows.length * classes];
    ModalitySet read = ModalitySet.of(scalers.modalities());
    for (int b = 0; b < rows.length; b++) {
      SegmentInfo info = segments.info(rows[b]);
      infos.add(info);
      present.add(info.modalities().and(read));
      if (info.scores().labels().equals(labels.labels())) {
        int at = b * classes;
        labels
            .targets(info.scores())
            .ifPresent(own -> System.arraycopy(own, 0, targets, at, classes));
      }
    }
    PerModality<Sequences> sequences =
        PerModality.of(scalers.modalities(), m -> pack(rows, m, scalers.get(m)));
    return new Batch(infos, Presence.of(present), sequences, targets);
  }

  private Sequences pack(int[] rows, Modality modality, ColumnScaler scaler) {
    int width = scaler.width();
    int[] lengths = new int[rows.length];
    int steps = 0;
    for (int b = 0; b < rows.length; b++) {
      lengths[b] = segments.info(rows[b]).steps(modality);
      steps = Math.max(steps, lengths[b]);
    }
    if (!features) {
      return new Sequences(rows.length, steps, width, lengths, layout, new float[0]);
    }
    BatchLimit.require(modality, rows.length, steps, width);
    float[] values = new float[rows.length * steps * width];
    Sequences packed = new Sequences(rows.length, steps, width, lengths, layout, values);
    float[] segment = new float[steps * width];
    float[] row = new float[width];
    for (int b = 0; b < rows.length; b++) {
      if (lengths[b] > 0) {
        segments.read(rows[b], modality, segment, 0);
        for (int t = 0; t < lengths[b]; t++) {
          scaler.scale(segment, t * width, row, values, packed.offset(b, t));
        }
      }
    }
    if (readPadding) {
      for (int b = 0; b < rows.length; b++) {
        lengths[b] = segments.info(rows[b]).modalities().contains(modality) ? steps : 0;
      }
    }
    return packed;
  }
}
