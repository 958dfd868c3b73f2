package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(9, 12, 1);

  @TempDir Path folder;

  private MultimodalModel imported() {
    return ModelImport.exported(folder.resolve("model.safetensors"), folder.resolve("config.json"));
  }

  @Test
  void anExportedModelPredictsTheSame() {
    try (MultimodalModel model = RandomSegments.builder().build()) {
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel copy = imported()) {
        assertThat(copy.predict(SEGMENTS)).isEqualTo(model.predict(SEGMENTS));
      }
    }
  }

  /** ReLU would hide a hidden unit of minus infinity. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void aValueThatIsNotFiniteIsNamed(float value) {
    try (MultimodalModel model = RandomSegments.builder().build()) {
      int at = model.parameters().view("head.0.bias").offset();
      model.parameters().values()[at + 2] = value;
      model.save(folder, Provenance.UNKNOWN);
    }

    assertThatThrownBy(this::imported)
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith(
            "model.safetensors: tensor head.0.bias has "
                + value
                + " at index 2; all values must be finite");
  }
}
