package dev.mer4j.train;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Small segments whose features determine their emotions, and models of a matching size. */
final class Toys {
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 3, Modality.AUDIO, 4, Modality.VISUAL, 5);

  private Toys() {}

  static MultimodalModel model() {
    return model(LabelSet.MULTI_LABEL);
  }

  static MultimodalModel model(LabelSet labels) {
    return builder(labels).build();
  }

  /** Widths of these modalities, such as {@code text,gaze}. */
  static PerModality<Integer> widths(String modalities) {
    List<Modality> sorted = ModalitySet.parse(modalities).toList();
    return PerModality.of(sorted, modality -> 3 + sorted.indexOf(modality));
  }

  static ModelBuilder builder(LabelSet labels) {
    return builder(labels, WIDTHS);
  }

  static ModelBuilder builder(LabelSet labels, PerModality<Integer> widths) {
    ModelBuilder builder = MultimodalModel.builder();
    widths.forEach(builder::input);
    return builder.hidden(2).headHidden(8).fusion(Fusion.attention()).labels(labels).seed(5);
  }

  static TrainingSplit training(String video, int count) {
    return TrainingSplit.of(segments(video, count));
  }

  static ValidationSplit validation(String video, int count) {
    return ValidationSplit.of(segments(video, count));
  }

  static SegmentList segments(String video, int count) {
    return segments(WIDTHS, video, count);
  }

  static SegmentList segments(PerModality<Integer> widths, String video, int count) {
    SeedStream draws = new Seeds(11).stream(video);
    return SegmentList.of(
        IntStream.range(0, count).mapToObj(i -> segment(widths, video, i, draws.at(i))).toList());
  }

  /** Segments, some of which have a NaN feature. */
  static TrainingSplit poisoned(int count, Integer... poisoned) {
    Set<Integer> bad = Set.of(poisoned);
    return TrainingSplit.of(
        SegmentList.of(
            IntStream.range(0, count)
                .mapToObj(
                    i -> {
                      Segment segment =
                          segment(WIDTHS, "bad", i, new Seeds(11).stream("bad").at(i));
                      if (!bad.contains(i)) {
                        return segment;
                      }
                      float[] values = {Float.NaN, 1, 1};
                      Features text = new Features(1, 3, values);
                      return new Segment(
                          segment.id(),
                          0,
                          1,
                          segment.scores(),
                          PerModality.of(Modality.TEXT, text));
                    })
                .toList()));
  }

  private static Segment segment(
      PerModality<Integer> widths, String video, int index, SeedStream draws) {
    float happy = draws.nextBoolean() ? 1 : 0;
    float sad = draws.nextBoolean() ? 2 : 0;
    float fear = draws.nextInt(4) == 0 ? 0.5f : 0;
    PerModality.Builder<Features> features = PerModality.builder();
    for (Modality modality : widths.modalities()) {
      boolean absent = draws.nextInt(8) == 0;
      if (!absent) {
        features.put(modality, features(widths.get(modality), happy - sad + fear, draws));
      }
    }
    EmotionScores scores = EmotionScores.mosei(0, happy, sad, 0, 0, 0, fear);
    return new Segment(new SegmentId(video, index), index, index + 1, scores, features.build());
  }

  private static Features features(int width, float signal, SeedStream draws) {
    int steps = draws.nextInt(7);
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (signal + draws.nextGaussian() / 2);
    }
    return new Features(steps, width, values);
  }
}
