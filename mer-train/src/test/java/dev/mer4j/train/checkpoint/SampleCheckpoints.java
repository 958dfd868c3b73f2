package dev.mer4j.train.checkpoint;

import dev.mer4j.core.Thresholds;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Checkpoints of no run, for tests of their files. */
final class SampleCheckpoints {
  private static final EpochRecord EPOCH =
      new EpochRecord(1, 5, 0, 1 / 3.0, 0.1, 1e300, 1e-4, Math.PI, 1 / 7.0, 1e-9);
  static final EpochTotals TALLY = new EpochTotals(3, 2, 1, 1, 40, Math.E, 1 / 9.0, 1e-5, 0.1);

  private SampleCheckpoints() {}

  static Checkpoint at(int epoch, EpochTotals totals) {
    Checkpoint full = checkpoint(epoch, 1);
    return new Checkpoint(
        full.fingerprint(),
        new Checkpoint.Position(full.history(), totals),
        full.standardization(),
        full.best(),
        full.optimizer(),
        full.values());
  }

  static Checkpoint checkpoint(int epoch, int parameters) {
    SeedStream draws = new Seeds(epoch).stream("checkpoint");
    History history = new History(Collections.nCopies(epoch, EPOCH));
    BestEpoch best =
        new BestEpoch(
            1,
            0.1 + 0.2,
            Math.nextUp(0.5),
            new Thresholds(List.of(0.0, 1.0, 1 / 3.0, 0.5, 1e-17, 0.7)),
            random(draws, parameters));
    return new Checkpoint(
        new Fingerprint(Map.of("seed", "7", "text with \"quotes\" and é", "…")),
        new Checkpoint.Position(history, TALLY),
        standardization(),
        best,
        new AdamW.State(12, random(draws, parameters), random(draws, parameters)),
        new Checkpoint.Values(random(draws, parameters), null));
  }

  private static Standardization standardization() {
    Features text = new Features(2, 3, new float[] {1, 2, 3, 4, 0.1f, 6e-20f});
    return Standardization.fit(
        SegmentList.of(
            List.of(
                new Segment(
                    new SegmentId("v", 0),
                    0,
                    1,
                    EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0),
                    PerModality.of(Modality.TEXT, text)))));
  }

  private static float[] random(SeedStream draws, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    return values;
  }
}
