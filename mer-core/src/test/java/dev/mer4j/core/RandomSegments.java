package dev.mer4j.core;

import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Segments of random noise in which about a fifth of the modalities are absent. */
public final class RandomSegments {
  public static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 5, Modality.AUDIO, 3, Modality.VISUAL, 8);

  private RandomSegments() {}

  /** Returns widths of these modalities, such as {@code text,gaze}. */
  public static PerModality<Integer> widths(String modalities) {
    List<Modality> sorted = ModalitySet.parse(modalities).toList();
    return PerModality.of(sorted, modality -> 3 + sorted.indexOf(modality));
  }

  /** Returns a small model for these segments. */
  public static MultimodalModel model(String backend) {
    return builder().backend(backend).build();
  }

  /** Returns a small model with attention pooling, whose parameters are not zero. */
  public static MultimodalModel pooled(String backend) {
    return pooled(builder().backend(backend));
  }

  /** Returns a model with attention pooling, whose parameters are not zero. */
  public static MultimodalModel pooled(ModelBuilder builder) {
    MultimodalModel model = builder.pooling(Pooling.ATTENTION).build();
    for (ParameterView view : model.parameters().views()) {
      for (int i = 0; i < view.size() && view.name().startsWith("pooling."); i++) {
        model.parameters().values()[view.offset() + i] = 0.7f * (i % 5 - 2);
      }
    }
    return model;
  }

  /** Returns a builder of a small model for these segments. */
  public static ModelBuilder builder() {
    return MultimodalModel.builder().inputs(WIDTHS).hidden(5).headHidden(7).seed(11);
  }

  public static SegmentSet of(int count, int longest, long seed) {
    return of("v", count, longest, seed);
  }

  /** Returns segments of videos whose ids start with {@code video}. */
  public static SegmentSet of(String video, int count, int longest, long seed) {
    return of(WIDTHS, video, count, longest, seed);
  }

  /** Returns segments of modalities of these widths. */
  public static SegmentSet of(
      PerModality<Integer> widths, String video, int count, int longest, long seed) {
    SeedStream draws = new Seeds(seed).stream("segments");
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : widths.modalities()) {
        if (i == 0 || draws.nextInt(5) > 0) {
          features.put(modality, noise(draws, draws.nextInt(longest + 1), widths.get(modality)));
        }
      }
      segments.add(
          new Segment(new SegmentId(video + i % 7, i), 0, 1, scores(draws), features.build()));
    }
    return SegmentList.of(segments);
  }

  private static Features noise(SeedStream draws, int steps, int width) {
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.nextGaussian(3, 2);
    }
    return new Features(steps, width, values);
  }

  private static EmotionScores scores(SeedStream draws) {
    float[] s = new float[6];
    for (int c = 0; c < s.length; c++) {
      s[c] = draws.nextInt(3) == 0 ? draws.nextFloat() * 3 : 0;
    }
    return EmotionScores.mosei(0, s[0], s[1], s[2], s[3], s[4], s[5]);
  }
}
