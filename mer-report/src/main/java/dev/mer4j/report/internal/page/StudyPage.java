package dev.mer4j.report.internal.page;

import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.internal.chart.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a study as one self-contained HTML page for screen, phone and paper. */
public final class StudyPage {
  private StudyPage() {}

  /**
   * Returns the page.
   *
   * @param charts the charts of the study, by name
   */
  public static String of(Study study, Map<String, Chart> charts) {
    Evaluation evaluation = study.evaluation();
    String summary =
        evaluation.segments()
            + " segments of "
            + study.uncertainty().groups()
            + ". "
            + (evaluation.isSingleLabel()
                ? "The model predicts the strongest emotion."
                : "The model predicts every emotion that is present.");
    return Page.of(
        "evaluate",
        "Emotion recognition: " + evaluation.name(),
        summary,
        sections(study, charts),
        String.format(
            Locale.ROOT,
            """
            <script type="application/json" id="segments">%s</script>
            <script>
            %s</script>
            """,
            ExplorerJson.of(study),
            Page.resource("study.js")));
  }

  private static List<Section> sections(Study study, Map<String, Chart> charts) {
    Figures figures = new Figures(charts);
    List<Section> sections = new ArrayList<>();
    sections.add(ResultSection.of(study));
    sections.add(MetricsSection.of(study.evaluation()));
    sections.add(EmotionsSection.of(study, figures));
    sections.add(ConfusionSection.of(figures));
    study.missing().ifPresent(missing -> sections.add(MissingSection.of(missing, figures)));
    sections.add(AttributionSection.of(study.attributions(), figures));
    sections.add(ExplorerSection.of(study.predictions().scheme().classes()));
    sections.add(ErrorsSection.of(study.attributions()));
    study
        .calibration()
        .ifPresent(
            each ->
                sections.add(CalibrationSection.of(each, study.uncertainty().groups(), figures)));
    study.training().ifPresent(curves -> sections.add(TrainingSection.of(figures)));
    sections.add(DataSection.of(study));
    return sections;
  }
}
