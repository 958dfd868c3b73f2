package dev.mer4j.report.page;

import static dev.mer4j.report.chart.Escaped.escape;

import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.chart.Chart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A study as one page that needs nothing else: styles, charts and data are inside. */
public final class Page {
  private Page() {}

  /**
   * Returns the page.
   *
   * @param charts of this study, by name
   */
  public static String of(Study study, Map<String, Chart> charts) {
    Evaluation evaluation = study.evaluation();
    List<Section> sections = sections(study, charts);
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
    'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>%1$s</title>
    <style>
    %2$s</style>
    </head>
    <body>
    <header>
    <p class="kicker">mer4j</p>
    <h1>%1$s</h1>
    <p class="note">%3$s segments of %4$s videos. %5$s</p>
    <nav aria-label="Sections">%6$s</nav>
    </header>
    <main>
    %7$s</main>
    <footer>Written by mer4j.</footer>
    <script type="application/json" id="segments">%8$s</script>
    <script>
    %9$s</script>
    </body>
    </html>
    """
        .formatted(
            escape("Emotion recognition: " + evaluation.name()),
            resource("report.css"),
            evaluation.segments(),
            study.uncertainty().videos(),
            evaluation.isSingleLabel()
                ? "The model names the strongest emotion."
                : "The model names every emotion that is present.",
            sections.stream().map(Page::link).collect(Collectors.joining()),
            sections.stream().map(Page::body).collect(Collectors.joining()),
            ExplorerJson.of(study),
            resource("report.js"));
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
    study.calibration().ifPresent(each -> sections.add(CalibrationSection.of(each, figures)));
    study.training().ifPresent(curves -> sections.add(TrainingSection.of(figures)));
    sections.add(DataSection.of(study));
    return sections;
  }

  private static String link(Section section) {
    return "<a href=\"#%s\">%s</a>".formatted(section.id(), escape(section.title()));
  }

  private static String body(Section section) {
    return "<section id=\"%s\"><h2>%s</h2>%s</section>\n"
        .formatted(section.id(), escape(section.title()), section.body());
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this jar can be read", e);
    }
  }
}
