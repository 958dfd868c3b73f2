package dev.mer4j.report.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.eval.ExpectedMetrics;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationReportTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.mer4j.eval.ExpectedMetrics#all")
  void isLaidOutAsScikitLearnDoes(ExpectedMetrics expected) {
    same(
        ClassificationReport.of(MultiLabelMetrics.of(expected.predictions())),
        expected.multiLabel().get("report").textValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withSingleLabels")
  void isLaidOutAsScikitLearnDoesForSingleLabels(ExpectedMetrics expected) {
    same(
        ClassificationReport.of(SingleLabelMetrics.of(expected.predictions())),
        expected.singleLabel().get("report").textValue());
  }

  static Stream<ExpectedMetrics> withSingleLabels() {
    return ExpectedMetrics.all().filter(each -> each.singleLabel().has("report"));
  }

  /**
   * Compares up to the last digit of a number: scikit-learn 1.2 computes F1 from rounded precision
   * and recall, which can round differently, and writes a support of 1.0 if nothing is correct.
   */
  private static void same(String actual, String expected) {
    List<String> actualLines = actual.lines().toList();
    List<String> expectedLines = expected.lines().toList();
    assertThat(actualLines).hasSameSizeAs(expectedLines);
    for (int i = 0; i < actualLines.size(); i++) {
      assertThat(actualLines.get(i)).hasSameSizeAs(expectedLines.get(i));
      String[] cells = actualLines.get(i).strip().split(" +");
      String[] expectedCells = expectedLines.get(i).strip().split(" +");
      assertThat(cells).hasSameSizeAs(expectedCells);
      for (int c = 0; c < cells.length; c++) {
        if (cells[c].matches("[0-9.]+")) {
          assertThat(Double.parseDouble(cells[c]))
              .isCloseTo(Double.parseDouble(expectedCells[c]), within(0.0101));
        } else {
          assertThat(cells[c]).isEqualTo(expectedCells[c]);
        }
      }
    }
  }
}
