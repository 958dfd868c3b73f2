package dev.mer4j.report;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingCurves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A complete study of segments whose ids would break a page without escaping. */
final class Studies {
  static final String HOSTILE = "</script><img src=x onerror=\"document.title='broken'\">&'";

  private Studies() {}

  static Study full() {
    SegmentSet train = ToyModels.planted(300, 0.05, "train", 3);
    try (MultimodalModel model = ToyModels.trained(Fusion.attention(), train, 6)) {
      return Study.builder(
              "test <b>split</b>", model, hostile(ToyModels.planted(180, 0.15, "test", 2)))
          .training(train)
          .validation(ValidationSplit.of(ToyModels.planted(120, 0.1, "valid", 4)))
          .missing(MissingGrid.DEFAULT, (done, total) -> {})
          .curves(curves())
          .fact("backend", model.backend())
          .fact("data <i>", "</dd><script>alert(1)</script>")
          .run();
    }
  }

  /** The same segments with another id for those of the first video. */
  private static SegmentSet hostile(SegmentSet segments) {
    List<Segment> renamed = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      Segment own = segments.segment(s);
      SegmentId id = s < 7 ? new SegmentId(HOSTILE, s) : own.id();
      renamed.add(new Segment(id, own.start(), own.end(), own.scores(), own.features()));
    }
    return SegmentList.of(renamed);
  }

  private static TrainingCurves curves() {
    List<Double> epochs = IntStream.rangeClosed(1, 20).mapToObj(epoch -> (double) epoch).toList();
    return new TrainingCurves(
        epochs,
        epochs.stream().map(epoch -> 0.4 + Math.exp(-epoch / 5)).toList(),
        epochs.stream().map(epoch -> 0.5 + Math.exp(-epoch / 5) + 0.005 * epoch).toList(),
        epochs.stream().map(epoch -> 0.6 - 0.4 * Math.exp(-epoch / 5)).toList());
  }
}
