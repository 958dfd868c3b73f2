package dev.mer4j.report;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A study with everything in it, of segments whose ids would break a careless page. */
final class Studies {
  static final String HOSTILE = "</script><img src=x onerror=\"document.title='broken'\">&'";

  private Studies() {}

  static Study full(Path folder) {
    SegmentSet train = ToyModels.planted(300, 0.05, "train", 3);
    try (MultimodalModel model = ToyModels.trained(Fusion.attention(), train, 6)) {
      return Study.builder(
              "test <b>split</b>", model, hostile(ToyModels.planted(180, 0.15, "test", 2)))
          .training(train)
          .validation(ValidationSplit.of(ToyModels.planted(120, 0.1, "valid", 4)))
          .missing(MissingGrid.DEFAULT, (done, total) -> {})
          .history(history(folder))
          .fact("engine", model.engine())
          .fact("data <i>", "</dd><script>alert(1)</script>")
          .resamples(200)
          .run();
    }
  }

  /** The same segments, of which those of the first video have another id. */
  private static SegmentSet hostile(SegmentSet segments) {
    List<Segment> renamed = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      SegmentInfo info = segments.info(s);
      Map<Modality, Features> features = new EnumMap<>(Modality.class);
      for (Modality modality : info.modalities().toList()) {
        int width = ToyModels.WIDTHS.get(modality);
        float[] values = new float[info.steps(modality) * width];
        segments.read(s, modality, values, 0);
        features.put(modality, new Features(info.steps(modality), width, values));
      }
      SegmentId id = s < 7 ? new SegmentId(HOSTILE, s) : info.id();
      renamed.add(new Segment(id, info.start(), info.end(), info.scores(), features));
    }
    return SegmentList.of(renamed);
  }

  private static Path history(Path folder) {
    StringBuilder csv =
        new StringBuilder(
            "epoch,steps,skipped,loss,gradient_norm,clip_share,learning_rate,valid_loss,valid_macro_f1,seconds\n");
    for (int epoch = 1; epoch <= 20; epoch++) {
      double far = Math.exp(-epoch / 5.0);
      csv.append(
          "%d,10,0,%s,1,0,0.001,%s,%s,2\n"
              .formatted(epoch, 0.4 + far, 0.5 + far + 0.005 * epoch, 0.6 - 0.4 * far));
    }
    try {
      return Files.writeString(folder.resolve("history.csv"), csv);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
