package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loaded model keeps what it computed from its parameters only while they are unchanged. */
class ChangedParametersTest {
  private static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 7, Modality.AUDIO, 3);
  private static final SegmentSet SEGMENTS = RandomSegments.of(WIDTHS, "v", 5, 9, 1);

  @TempDir Path folder;

  static Stream<Arguments> models() {
    return Stream.of("native", "java")
        .flatMap(
            backend ->
                Stream.of(
                        Fusion.concatenation(),
                        Fusion.attention(),
                        Fusion.attentionSum(),
                        Fusion.additive(2))
                    .map(fusion -> Arguments.of(backend, fusion)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyChangedTensorChangesThePrediction(String backend, Fusion fusion) {
    try (MultimodalModel built = builder(fusion).build()) {
      built.save(folder, Provenance.UNKNOWN);
    }
    try (MultimodalModel loaded = MultimodalModel.load(folder, backend)) {
      float[] before = logits(loaded);
      Parameters parameters = loaded.parameters();
      assertThat(parameters.areUnchangedSince(parameters.version())).isTrue();
      for (boolean shared : new boolean[] {false, true}) {
        for (ParameterView view : parameters.views()) {
          change(parameters, view, shared);
          float[] after = logits(loaded);
          assertThat(after).as(view.name()).isNotEqualTo(before);
          before = after;
        }
      }
      try (MultimodalModel copy = builder(fusion).backend(backend).build()) {
        float[] values = loaded.parameters().values();
        System.arraycopy(values, 0, copy.parameters().values(), 0, values.length);
        assertThat(logits(copy)).isEqualTo(before);
      }
    }
  }

  private static void change(Parameters parameters, ParameterView view, boolean shared) {
    float[] tensor = parameters.copyOf(view.name());
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] += 0.02f;
    }
    if (shared) {
      System.arraycopy(tensor, 0, parameters.values(), view.offset(), tensor.length);
    } else {
      parameters.set(view.name(), tensor);
    }
  }

  private static ModelBuilder builder(Fusion fusion) {
    return MultimodalModel.builder()
        .inputs(WIDTHS)
        .hidden(8)
        .headHidden(6)
        .pooling(Pooling.ATTENTION)
        .fusion(fusion);
  }

  private static float[] logits(MultimodalModel model) {
    Encodings encodings = model.encode(SEGMENTS);
    return model.logits(encodings, encodings.presence());
  }
}
