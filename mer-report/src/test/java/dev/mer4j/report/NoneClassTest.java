package dev.mer4j.report;

import static dev.mer4j.eval.NoneClassSamples.PREDICTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.report.internal.table.ClassificationReport;
import dev.mer4j.report.internal.table.MetricTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoneClassTest {
  @Test
  void everyTableHasARowForIt() {
    Evaluation evaluation = new Evaluator(List.of()).evaluate("test", PREDICTIONS);

    assertThat(ClassificationReport.of(evaluation.singleLabel())).containsPattern("none +0\\.75");
    assertThat(MetricTables.takingPart(evaluation.singleLabel()))
        .isEqualTo(
            "8 segments, including those without any emotion as class none; 1 excluded, because"
                + " several emotions share their highest score.");
    assertThat(MetricTables.confusion(evaluation.singleLabel()).rows()).hasSize(7);
    ObjectNode json = MetricsJson.of(evaluation);
    assertThat(json.at("/single_label/ties").textValue()).isEqualTo("none_class");
    assertThat(json.at("/single_label/emotions/none/tp").intValue()).isEqualTo(3);
    assertThat(json.at("/single_label/confusion_by_truth/none/happy").intValue()).isEqualTo(1);
    assertThat(json.at("/baselines/single_label").has("always none")).isTrue();
    assertThat(PredictionsJson.line(PREDICTIONS, 0))
        .hasToString(
            "{\"id\":\"video0[0]\",\"probabilities\":{\"happy\":0.1,\"sad\":0.1,\"anger\":0.1,"
                + "\"surprise\":0.1,\"disgust\":0.1,\"fear\":0.1,\"none\":0.4},"
                + "\"predicted\":[\"none\"],\"labels\":[\"none\"],"
                + "\"available\":[\"text\",\"audio\",\"visual\"],\"attention\":{}}");
  }
}
