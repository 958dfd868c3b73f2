package dev.mer4j.onnx;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Random segments for a model. Every set of its modalities occurs; standardized features are
 * normally distributed.
 */
final class RandomSegments {
  private static final int FEWEST = 64;
  private static final int LONGEST = 40;

  private final MultimodalModel model;
  private final SeedStream draws = new Seeds(0).stream("onnx");

  RandomSegments(MultimodalModel model) {
    this.model = model;
  }

  SegmentSet segments() {
    List<ModalitySet> sets = ModalitySet.of(model.config().inputs().modalities()).subsets();
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < Math.max(FEWEST, 2 * sets.size()); s++) {
      PerModality<Features> features =
          PerModality.of(sets.get(s % sets.size()).toList(), this::features);
      segments.add(
          new Segment(new SegmentId("random", s), 0, 1, EmotionScores.UNLABELED, features));
    }
    return SegmentList.of(segments, model.config().labels().labels());
  }

  private Features features(Modality modality) {
    Standardization.Columns columns = model.standardization().of(modality);
    int steps = 1 + draws.nextInt(LONGEST);
    float[] values = new float[steps * columns.width()];
    for (int i = 0; i < values.length; i++) {
      double scale = columns.scale()[i % columns.width()];
      double deviation = scale == 0 ? 1 : 1 / scale;
      values[i] = (float) (columns.mean()[i % columns.width()] + deviation * draws.nextGaussian());
    }
    return new Features(steps, columns.width(), values);
  }
}
