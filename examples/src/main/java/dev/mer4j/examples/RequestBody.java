package dev.mer4j.examples;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import java.util.List;

/** Parses the features in a request to {@link ServePredictions}. */
final class RequestBody {
  private RequestBody() {}

  /** Returns one segment with one modality per line. */
  static SegmentList parse(String body, PerModality<Integer> widths) {
    PerModality.Builder<Features> features = PerModality.builder();
    for (String line : body.lines().toList()) {
      String[] words = line.split(" ", -1);
      Modality modality = Modality.of(words[0]);
      if (!widths.has(modality)) {
        throw new IllegalArgumentException("the model has no " + words[0]);
      }
      features.put(modality, features(words, widths.get(modality)));
    }
    Segment segment =
        new Segment(new SegmentId("request", 0), 0, 1, EmotionScores.UNLABELED, features.build());
    return SegmentList.of(List.of(segment));
  }

  private static Features features(String[] words, int width) {
    float[] values = new float[words.length - 1];
    if (values.length == 0 || values.length % width != 0) {
      throw new IllegalArgumentException(words[0] + " needs rows of " + width + " values");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words[i + 1]);
    }
    return new Features(values.length / width, width, values);
  }
}
