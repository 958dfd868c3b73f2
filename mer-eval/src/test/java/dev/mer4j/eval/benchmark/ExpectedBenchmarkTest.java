package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.seed.SeedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with numpy: see src/test/python/expected_benchmark.py. */
class ExpectedBenchmarkTest {
  private static JsonNode expected() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ExpectedBenchmarkTest.class.getResourceAsStream(
                "/dev/mer4j/eval/expected-benchmark.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  void theModalityBalanceIsThatOfAllOrdersOfTheModalities() throws IOException {
    for (JsonNode table : expected().get("balance")) {
      Map<ModalitySet, Double> macroF1 = new HashMap<>();
      table
          .get("macro_f1")
          .properties()
          .forEach(
              each ->
                  macroF1.put(
                      ModalitySet.parse(each.getKey().replace('+', ',')),
                      each.getValue().asDouble()));
      ModalitySet all = macroF1.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();

      ModalityBalance balance =
          ModalityBalance.of(all, macroF1, table.get("constant").asDouble()).orElseThrow();

      // Sums of at most 24 values below 1, in another order.
      balance
          .contributions()
          .forEach(
              (modality, value) ->
                  assertThat(value)
                      .isCloseTo(
                          table.get("contributions").get(modality.key()).asDouble(),
                          within(1e-14)));
      if (table.get("balance").isNull()) {
        assertThat(balance.balance()).isNaN();
      } else {
        assertThat(balance.balance()).isCloseTo(table.get("balance").asDouble(), within(1e-13));
      }
    }
  }

  @Test
  void aSetWithoutValueGivesNoBalance() {
    ModalitySet two = ModalitySet.parse("text,audio");

    assertThat(ModalityBalance.of(two, Map.of(two, 0.5, ModalitySet.parse("text"), 0.4), 0.3))
        .isEmpty();
    assertThat(ModalityBalance.of(ModalitySet.parse("text"), Map.of(), 0.3)).isEmpty();
  }

  @Test
  void equalContributionsAreBalancedAndASingleOneIsNot() {
    ModalitySet text = ModalitySet.parse("text");
    ModalitySet audio = ModalitySet.parse("audio");
    ModalitySet both = ModalitySet.parse("text,audio");

    assertThat(ModalityBalance.of(both, Map.of(text, 0.4, audio, 0.4, both, 0.5), 0.3))
        .hasValueSatisfying(each -> assertThat(each.balance()).isCloseTo(1, within(1e-15)));
    assertThat(ModalityBalance.of(both, Map.of(text, 0.5, audio, 0.3, both, 0.5), 0.3))
        .hasValueSatisfying(each -> assertThat(each.balance()).isZero());
    assertThat(ModalityBalance.of(both, Map.of(text, 0.2, audio, 0.2, both, 0.2), 0.3))
        .hasValueSatisfying(each -> assertThat(each.balance()).isNaN());
  }

  @Test
  void noiseIsThatOfNumpy() throws IOException {
    for (JsonNode stream : expected().get("noise")) {
      SeedStream draws =
          SeedStream.startingAt(Long.parseUnsignedLong(stream.get("key").asText(), 16));
      for (JsonNode value : stream.get("values")) {
        // Logarithm, root and cosine of both libraries are within one unit in the last place.
        assertThat(DegradedSegments.normal(draws)).isCloseTo(value.asDouble(), within(1e-14));
      }
    }
  }
}
