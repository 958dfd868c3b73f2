package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid inputs are refused with a reason; no result is NaN. */
class RefusedInputsTest {
  private static final EmotionScores NO_SCORES = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);

  static List<String> backends() {
    return LifetimeTest.backends();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void nonFiniteFeatureIsReported(float value) {
    try (MultimodalModel model = small().build()) {
      for (int at : new int[] {0, 7, 14}) {
        SegmentSet segments = SegmentList.of(List.of(segment(0, -1, 0), segment(1, at, value)));
        assertThatThrownBy(() -> model.predict(segments))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining(
                String.format(
                    Locale.ROOT,
                    "segment %s: text features have %s at step %d, column %d",
                    new SegmentId("v", 1),
                    value,
                    at / 5,
                    at % 5));
        assertThatThrownBy(() -> model.encode(segments)).isInstanceOf(ConfigException.class);
      }
    }
  }

  @Test
  void featuresOfUnusedModalitiesAreNotChecked() {
    try (MultimodalModel model = small().build()) {
      SegmentSet segments = SegmentList.of(List.of(segment(1, 3, Float.NaN)));
      Predictions found = model.predict(segments, ModalitySet.of(Modality.AUDIO));
      assertThat(found.rows().get(0).probabilities()).allMatch(Double::isFinite);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void largestFiniteFeaturesGiveFiniteResultsOrAreRefused(String backend) {
    try (MultimodalModel model = small().backend(backend).build()) {
      SegmentSet segments = SegmentList.of(List.of(segment(1, 3, Float.MAX_VALUE)));
      Arrays.fill(model.parameters().values(), 4);
      try {
        assertThat(model.predict(segments).rows().get(0).probabilities())
            .allMatch(Double::isFinite);
      } catch (ConfigException e) {
        assertThat(e).hasMessageContaining("too large or not finite");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nonFiniteParametersAreReportedAsTheCause(String backend) {
    try (MultimodalModel model = small().backend(backend).build()) {
      SegmentSet segments = SegmentList.of(List.of(segment(1, -1, 0)));
      Encodings encodings = model.encode(segments);
      Arrays.fill(model.parameters().values(), Float.NaN);
      assertThatThrownBy(() -> model.predict(segments))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("too large or not finite");
      assertThatThrownBy(() -> model.predict(encodings, ModalitySet.of(Modality.MOSEI)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("the fusion head returns NaN");
      assertThatThrownBy(() -> model.logits(encodings, encodings.presence()))
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void refusesDuplicateSegmentIds() {
    try (MultimodalModel model = small().build()) {
      SegmentSet segments =
          SegmentList.of(List.of(segment(3, -1, 0), segment(4, -1, 0), segment(3, -1, 0)));
      assertThatThrownBy(() -> model.predict(segments))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              String.format(
                  Locale.ROOT,
                  "two segments have the id %s; segment ids must be unique",
                  new SegmentId("v", 3)));
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullSettingsAreReportedByName() {
    Map<String, Consumer<ModelBuilder>> settings =
        Map.of(
            "fusion must not be null", builder -> builder.fusion(null),
            "labels must not be null", builder -> builder.labels(null),
            "inputs must not be null", builder -> builder.inputs((PerModality<Integer>) null),
            "config must not be null", builder -> builder.config(null),
            "modality must not be null", builder -> builder.input(null, 3),
            "text must not be null",
                builder -> builder.inputs(Collections.singletonMap(Modality.TEXT, null)));
    settings.forEach(
        (message, setting) ->
            assertThatThrownBy(
                    () -> {
                      ModelBuilder builder = small();
                      setting.accept(builder);
                      builder.build();
                    })
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message));
  }

  private static ModelBuilder small() {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(4)
        .headHidden(7)
        .backend("native")
        .seed(11);
  }

  /**
   * Returns a segment with three steps of text and audio, all ones except one value of the text.
   */
  private static Segment segment(int number, int at, float value) {
    float[] text = new float[15];
    float[] audio = new float[9];
    Arrays.fill(text, 1);
    Arrays.fill(audio, 1);
    if (at >= 0) {
      text[at] = value;
    }
    return new Segment(
        new SegmentId("v", number),
        0,
        1,
        NO_SCORES,
        PerModality.of(
            Modality.TEXT, new Features(3, 5, text), Modality.AUDIO, new Features(3, 3, audio)));
  }
}
