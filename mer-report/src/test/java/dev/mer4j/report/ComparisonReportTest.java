package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.Samples;
import dev.mer4j.eval.statistics.Comparison;
import org.junit.jupiter.api.Test;

class ComparisonReportTest {
  @Test
  void namesTheTestsAndWhatTheyAllow() {
    Predictions predictions = Samples.random(LabelSet.MULTI_LABEL, 700, 3, 1);
    Comparison comparison = Comparison.of(predictions, predictions);
    String text = ComparisonReport.of(comparison).toText().replaceAll("\\s+", " ");
    ObjectNode json = ComparisonReport.json(comparison);

    assertThat(text)
        .contains("sign-flip p (Holm)", "sign-flip test on videos", "jackknife over videos")
        .contains("Intervals are undefined (-)")
        .doesNotContain("McNemar")
        .doesNotContain("fewer than 20 videos");
    assertThat(json.at("/method").textValue()).isEqualTo("jackknife over videos");
    assertThat(json.at("/metrics/0/low").isNull()).isTrue();
    assertThat(json.at("/emotions/fear/sign_flip_p").doubleValue()).isEqualTo(1);
    assertThat(json.at("/emotions/fear/sign_flip_p_holm").doubleValue()).isEqualTo(1);
  }
}
