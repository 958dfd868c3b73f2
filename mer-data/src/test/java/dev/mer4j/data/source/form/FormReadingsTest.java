package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.dataset.ArrayOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every form with Python's own reading of it ({@code form_readings.py}). */
final class FormReadingsTest {
  /** Python sums the same float32 values in another order, in double precision. */
  private static final double TOLERANCE = 1e-9;

  private static final Set<String> WITHOUT_LENGTHS =
      Set.of(
          "multibench.pkl",
          "multibench-tensors.pkl",
          "mult-iemocap.pkl",
          "carat.pt",
          "carat-legacy.pt",
          "tailor.pt");

  @TempDir private static Path folder;

  @BeforeAll
  static void unpack() {
    SourceForms.unpack(folder);
  }

  static Stream<Map.Entry<String, JsonNode>> forms() throws IOException {
    try (InputStream readings =
        Objects.requireNonNull(
            FormReadingsTest.class.getResourceAsStream("/sources/readings.json"))) {
      return new ObjectMapper().readTree(readings).properties().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void rowsAndSumsAreThoseOfPython(Map.Entry<String, JsonNode> form) {
    Map<String, Reading> found = new TreeMap<>();
    int segments = 0;
    try (SourceReader reader = source(form.getKey()).open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      for (String video : reader.videos()) {
        for (RawSegment segment : reader.read(video)) {
          segments++;
          segment
              .rows()
              .forEach(
                  (modality, rows) -> found.merge(modality.key(), Reading.of(rows), Reading::plus));
        }
      }
    }
    assertThat(segments).isEqualTo(form.getValue().get("segments").intValue());
    JsonNode expected = form.getValue().get("modalities");
    assertThat(found).hasSize(expected.size());
    found.forEach(
        (modality, reading) -> {
          assertThat(reading.segments())
              .isEqualTo(expected.at("/" + modality + "/segments").intValue());
          assertThat(reading.rows()).isEqualTo(expected.at("/" + modality + "/rows").intValue());
          assertThat(reading.sum())
              .isCloseTo(expected.at("/" + modality + "/sum").doubleValue(), within(TOLERANCE));
        });
  }

  private static FeatureSource source(String form) {
    PerModality<Path> given =
        form.equals("mertools")
            ? PerModality.of(
                Map.of(
                    Modality.TEXT, folder.resolve("mertools/features/bert-UTT"),
                    Modality.AUDIO, folder.resolve("mertools/features/wav2vec-FRA"),
                    Modality.VISUAL, folder.resolve("mertools/features/manet-FRA")))
            : PerModality.of();
    ArrayOptions options = new ArrayOptions(WITHOUT_LENGTHS.contains(form), true);
    return FeatureSources.find(folder.resolve(form), new SourceOptions(null, given, options));
  }

  /** Totals of one modality. */
  private record Reading(int segments, int rows, double sum) {
    static Reading of(SegmentRows rows) {
      double sum = 0;
      for (int row = 0; row < rows.count(); row++) {
        for (int column = 0; column < rows.width(); column++) {
          sum += (float) rows.at(row, column);
        }
      }
      return new Reading(1, rows.count(), sum);
    }

    Reading plus(Reading other) {
      return new Reading(segments + other.segments, rows + other.rows, sum + other.sum);
    }
  }

  @Test
  void theGuideListsEveryForm() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/data.md"));
    for (Map.Entry<String, JsonNode> form : forms().toList()) {
      StringBuilder cells = new StringBuilder();
      for (Modality modality : Modality.MOSEI) {
        JsonNode found = form.getValue().at("/modalities/" + modality.key());
        cells.append(found.isMissingNode() ? "" : found.get("rows").intValue()).append(" | ");
      }
      String row = "| " + form.getValue().get("segments").intValue() + " | " + cells;
      assertThat(page)
          .anySatisfy(
              line -> assertThat(line).contains("`" + form.getKey() + "`").contains(row.strip()));
    }
  }
}
