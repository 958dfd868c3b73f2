package dev.mer4j.eval.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.eval.ToyModels;
import dev.mer4j.eval.attribution.Timeline.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
  private static final SegmentSet SEGMENTS = PlantedEvents.of(6, "some", 1).segments();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19, 20, 21, 39, 40, 300, 301})
  void everyStepIsInOnePart(int steps) {
    List<Part> parts = Timeline.split(Modality.AUDIO, StepTimes.even(steps, StepSpan.WHOLE));

    assertThat(parts).extracting(Part::index).containsExactlyElementsOf(range(0, 20));
    assertThat(parts.get(0).first()).isZero();
    assertThat(parts.get(19).end()).isEqualTo(steps);
    for (int p = 1; p < 20; p++) {
      assertThat(parts.get(p).first()).isEqualTo(parts.get(p - 1).end());
    }
    assertThat(parts).allMatch(part -> Math.abs(part.steps() - steps / 20.0) < 1);
  }

  @Test
  void partsAreThoseOfTheSegmentIfStepsCoverOnlyASection() {
    List<Part> head = Timeline.split(Modality.AUDIO, StepTimes.even(300, new StepSpan(0, 0.5)));
    assertThat(head).extracting(Part::steps).containsExactlyElementsOf(repeat(30, 0));
    List<Part> tail = Timeline.split(Modality.AUDIO, StepTimes.even(300, new StepSpan(0.5, 1)));
    assertThat(tail).extracting(Part::steps).containsExactlyElementsOf(repeat(0, 30));
  }

  private static List<Integer> repeat(int first, int second) {
    return IntStream.range(0, 20).map(p -> p < 10 ? first : second).boxed().toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void valuesAreDifferencesOfTheLogitsOfSinglePasses(boolean attention) {
    Fusion fusion = attention ? Fusion.attention() : Fusion.additive(2);
    assertDifferences(ToyModels.small(fusion, PlantedEvents.WIDTHS).build());
  }

  @Test
  void valuesOfAPooledModelAreDifferencesToo() {
    MultimodalModel model =
        ToyModels.small(Fusion.concatenation(), PlantedEvents.WIDTHS)
            .pooling(Pooling.ATTENTION)
            .build();
    ParameterView weight = model.parameters().view("pooling.audio.weight");
    Arrays.fill(model.parameters().values(), weight.offset(), weight.offset() + 12, 2);
    assertDifferences(model);
  }

  private static void assertDifferences(MultimodalModel built) {
    try (MultimodalModel model = built) {
      model.setStandardization(Standardization.fit(SEGMENTS));
      Segment segment = SEGMENTS.segment(1);
      float[] full = logits(model, segment);
      Timeline timeline = Timeline.of(model, segment);

      assertThat(timeline.parts().modalities()).isEqualTo(segment.features().modalities());
      for (List<Part> parts : timeline.parts().values()) {
        for (Part part : parts) {
          float[] without = logits(model, occluded(model, segment, part));
          for (int c = 0; c < full.length; c++) {
            // Bit for bit: no row of a batch depends on the others.
            assertThat(part.added().get(c)).isEqualTo((double) full[c] - without[c]);
          }
        }
      }
    }
  }

  private static Segment occluded(MultimodalModel model, Segment segment, Part part) {
    Features own = segment.features().get(part.modality());
    float[] values = own.values().clone();
    double[] mean = model.standardization().of(part.modality()).mean();
    for (int i = part.first() * own.width(); i < part.end() * own.width(); i++) {
      values[i] = (float) mean[i % own.width()];
    }
    return with(segment, part.modality(), new Features(own.steps(), own.width(), values));
  }

  private static Segment with(Segment segment, Modality modality, Features features) {
    return new Segment(
        segment.id(),
        segment.start(),
        segment.end(),
        segment.scores(),
        segment.features().with(modality, features));
  }

  private static float[] logits(MultimodalModel model, Segment segment) {
    Encodings encodings = model.encode(SegmentList.of(List.of(segment)));
    return model.logits(encodings, encodings.presence());
  }

  @Test
  void aSingleStepIsInTheMiddle() {
    try (MultimodalModel model =
        ToyModels.small(Fusion.attention(), PlantedEvents.WIDTHS).build()) {
      Features one = new Features(1, 3, new float[] {1, 2, 3});
      Segment segment =
          new Segment(
              new SegmentId("v", 7), 2, 6, SEGMENTS.info(0).scores(), Map.of(Modality.AUDIO, one));
      Timeline timeline = Timeline.of(model, segment);

      assertThat(timeline.prediction().segment().id()).isEqualTo(segment.id());
      assertThat(timeline.parts().modalities()).containsExactly(Modality.AUDIO);
      assertThat(timeline.largest(0, 3)).singleElement().matches(part -> part.index() == 10);
      assertThat(timeline.parts().get(Modality.AUDIO).get(3).added())
          .hasSize(6)
          .allMatch(added -> added == 0);
      assertThat(timeline.seconds(0)).isEqualTo(2);
      assertThat(timeline.seconds(0.25)).isEqualTo(3);
      Part step = timeline.largest(0, 1).get(0);
      assertThat(timeline.start(step)).isZero();
      assertThat(timeline.end(step)).isEqualTo(1);
    }
  }

  @Test
  void modalitiesThatTheModelDoesNotReadHaveNoParts() {
    PerModality<Integer> audio = PerModality.of(Modality.AUDIO, 3);
    try (MultimodalModel model = ToyModels.small(Fusion.concatenation(), audio).build()) {
      Timeline timeline = Timeline.of(model, SEGMENTS.segment(0));
      assertThat(timeline.parts().modalities()).containsExactly(Modality.AUDIO);
    }
  }

  /** {@code docs/evaluation.md} has the measured shares. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsTheTwentiethOfPlantedEvents(long seed) {
    SegmentSet train = PlantedEvents.of(600, "train", seed).segments();
    PlantedEvents test = PlantedEvents.of(60, "test", seed);
    int planted = 0;
    int detected = 0;
    int found = 0;
    try (MultimodalModel model = ToyModels.trained(Fusion.concatenation(), train, 20, false)) {
      for (int s = 0; s < test.places().size(); s++) {
        Timeline timeline = Timeline.of(model, test.segments().segment(s));
        for (Modality modality : test.places().get(s).modalities()) {
          int label = PlantedEvents.MODALITIES.indexOf(modality);
          planted++;
          if (timeline.predictions().predicted(0, label)) {
            detected++;
            Part largest = timeline.largest(label, 1).get(0);
            found +=
                largest.modality().equals(modality)
                        && largest.index() == test.places().get(s).get(modality)
                        && largest.added().get(label) > 0
                    ? 1
                    : 0;
          }
        }
      }
    }
    assertThat((double) detected / planted).isGreaterThan(0.9);
    assertThat((double) found / detected).isGreaterThanOrEqualTo(0.9);
  }
}
