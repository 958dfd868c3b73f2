package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.report.internal.page.WorstErrors.WrongAnswer;
import dev.mer4j.report.internal.table.Decimal;
import java.util.Locale;

/** The section of the most confident wrong predictions; each row opens its segment. */
final class ErrorsSection {
  private static final int WORST = 12;

  private ErrorsSection() {}

  static Section of(Attributions attributions) {
    Html body =
        new Html()
            .add(
                "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">segment</th>"
                    + "<th scope=\"col\" class=\"words\">emotion</th><th scope=\"col\""
                    + " class=\"words\">annotated</th>"
                    + "<th scope=\"col\">probability</th><th scope=\"col\""
                    + " class=\"words\">misled most by</th></tr></thead><tbody>");
    WorstErrors.of(attributions, WORST).forEach(wrong -> body.add(row(wrong)));
    return new Section("errors", "Worst errors", body.add("</tbody></table></div>"));
  }

  private static String row(WrongAnswer wrong) {
    return String.format(
        Locale.ROOT,
        """
    <tr><th scope="row" class="wrap"><button type="button" class="row" data-segment="%d">%s</button></th>\
    <td class="words">%s</td><td class="words">%s</td><td>%s</td><td class="words">%s</td></tr>
    """,
        wrong.row(),
        escape(wrong.segment()),
        escape(wrong.emotion().key()),
        wrong.present() ? "present" : "absent",
        Decimal.of(wrong.probability(), 2),
        wrong.misled().map(modality -> modality.key()).orElse("-"));
  }
}
