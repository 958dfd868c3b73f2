package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models with additive fusion. */
class AdditiveModelTest {
  private static final ModalitySet PAIR = ModalitySet.of(Modality.TEXT, Modality.AUDIO);

  @TempDir Path folder;

  private static MultimodalModel model(String modalities, int order) {
    MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.widths(modalities))
            .hidden(5)
            .headHidden(7)
            .fusion(Fusion.additive(order))
            .seed(11)
            .build();
    ParameterView bias = model.parameters().view("fusion.bias");
    for (int c = 0; c < bias.size(); c++) {
      model.parameters().values()[bias.offset() + c] = c - 2;
    }
    return model;
  }

  private static SegmentSet segments(String modalities) {
    return RandomSegments.of(RandomSegments.widths(modalities), "v", 40, 6, 2);
  }

  @ParameterizedTest
  @CsvSource({"gaze,1", "'text,audio',2", "'text,audio,visual',2", "'a,b,c,d,e',3"})
  void aLoadedModelPredictsTheSame(String modalities, int order) {
    SegmentSet segments = segments(modalities);
    try (MultimodalModel model = model(modalities, order)) {
      model.setTermMeans(TermMeans.of(model.predict(segments)));
      model.save(folder.resolve("model"), Provenance.UNKNOWN);
      try (MultimodalModel loaded =
          MultimodalModel.load(folder.resolve("model"), model.backend())) {
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.termMeans()).isEqualTo(model.termMeans());
        assertThat(loaded.predict(segments).rows()).isEqualTo(model.predict(segments).rows());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"gaze,1", "'text,audio',1", "'text,audio',2", "'text,audio,visual',3"})
  void contributionsSumToTheLogits(String modalities, int order) {
    SegmentSet segments = segments(modalities);
    try (MultimodalModel model = model(modalities, order)) {
      Encodings encodings = model.encode(segments);
      for (ModalitySet available : ModalitySet.parse(modalities).subsets()) {
        float[] logits = model.logits(encodings, encodings.presence().and(available));
        List<Prediction> rows = model.predict(encodings, available).rows();
        for (int s = 0; s < rows.size(); s++) {
          Contributions own = rows.get(s).contributions().orElseThrow();
          assertThat(own.shapley().modalities()).isEqualTo(rows.get(s).available().toList());
          for (int c = 0; c < 6; c++) {
            double shapley = own.bias().get(c);
            for (List<Double> each : own.shapley().values()) {
              shapley += each.get(c);
            }
            // The sum is rounded to single precision once: 6e-8 of values below 4.
            assertThat(own.logits().get(c)).isCloseTo(logits[s * 6 + c], within(2.4e-7));
            assertThat(shapley).isCloseTo(own.logits().get(c), within(1e-12));
          }
        }
      }
    }
  }

  @Test
  void otherFusionsHaveNoContributions() {
    try (MultimodalModel model = RandomSegments.model("native")) {
      assertThat(model.predict(RandomSegments.of(3, 4, 1)).rows())
          .allSatisfy(row -> assertThat(row.contributions()).isEmpty());
      assertThat(TermMeans.of(model.predict(RandomSegments.of(3, 4, 1))))
          .isEqualTo(TermMeans.UNKNOWN);
    }
  }

  @Test
  void meansAreOverTheSegmentsThatHaveTheTermAndChangeNoPrediction() {
    SegmentSet segments = segments("text,audio");
    try (MultimodalModel model = model("text,audio", 2)) {
      Predictions before = model.predict(segments);
      assertThat(terms(before.rows().get(0))).allMatch(term -> term.relative().isEmpty());
      model.setTermMeans(TermMeans.of(before));
      Predictions after = model.predict(segments);
      assertThat(after.rows()).hasSameSizeAs(before.rows());
      double sum = 0;
      for (int s = 0; s < after.size(); s++) {
        Prediction row = after.rows().get(s);
        assertThat(row.probabilities()).isEqualTo(before.rows().get(s).probabilities());
        Optional<Contributions.Term> pair =
            terms(row).stream().filter(term -> term.modalities().equals(PAIR)).findFirst();
        assertThat(pair.isPresent()).isEqualTo(row.available().equals(PAIR));
        sum += pair.map(term -> term.relative().get(4)).orElse(0.0);
      }
      // 40 values, each relative to a mean in single precision.
      assertThat(sum).isCloseTo(0, within(1e-5));
    }
  }

  private static List<Contributions.Term> terms(Prediction row) {
    return row.contributions().orElseThrow().terms();
  }

  @Test
  void aTermThatNoSegmentHasIsSavedWithoutMean() {
    try (MultimodalModel model = model("text,audio", 2)) {
      model.setTermMeans(
          TermMeans.of(model.predict(segments("text,audio"), ModalitySet.of(Modality.TEXT))));
      assertThat(model.termMeans().values()).containsOnlyKeys(ModalitySet.of(Modality.TEXT));
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel loaded = MultimodalModel.load(folder)) {
        assertThat(loaded.termMeans()).isEqualTo(model.termMeans());
        assertThat(terms(loaded.predict(segments("text,audio")).rows().get(0)).get(2).relative())
            .isEmpty();
      }
    }
  }

  @Test
  void refusesMeansThatTheModelHasNoTermFor() {
    List<Double> zeros = Collections.nCopies(6, 0.0);
    try (MultimodalModel model = model("text,audio", 1)) {
      assertThatThrownBy(() -> model.setTermMeans(new TermMeans(Map.of(PAIR, zeros))))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "6 means of term text+audio, but the model has 6 classes and the terms [text, audio]");
      ModalitySet text = ModalitySet.of(Modality.TEXT);
      assertThatThrownBy(() -> model.setTermMeans(new TermMeans(Map.of(text, List.of(1.0)))))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("1 means of term text,");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 6, mean of term text is not finite",
    "0, 5, 'tensor term_means.text: expected'"
  })
  void refusesInvalidMeansWithCorrectDigest(float value, int count, String message) {
    try (MultimodalModel model = model("text,audio", 2)) {
      model.save(folder, Provenance.UNKNOWN);
    }
    Path file = folder.resolve("model.safetensors");
    List<Tensor> tensors = new ArrayList<>(Safetensors.read(file).values());
    float[] values = new float[count];
    values[2] = value;
    tensors.add(new Tensor("term_means.text", List.of(count), values));
    Safetensors.write(ModelOutputs.tensors(folder), tensors);
    new ModelDigest(folder).write();
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": " + message);
  }

  @Test
  void refusesAnOrderAboveTheNumberOfModalities() {
    assertThatThrownBy(() -> model("text,audio", 3))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "model: additive fusion of order 3 requires at least 3 modalities; the model reads"
                + " text+audio");
  }
}
