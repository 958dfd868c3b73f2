package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.baseline.Baselines.FittedOn;
import dev.mer4j.eval.study.Study;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The section of data and provenance. Facts are grouped by the part of their name before a full
 * stop: {@code model.hidden} is "hidden" in group "model".
 */
final class DataSection {
  private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])[A-Z]");

  private DataSection() {}

  static Section of(Study study) {
    Evaluation evaluation = study.evaluation();
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    Map<String, String> evaluationFacts =
        groups.computeIfAbsent("evaluation", name -> new LinkedHashMap<>());
    evaluationFacts.put("segments", evaluation.segments() + " of " + study.uncertainty().groups());
    evaluationFacts.put("by modalities", evaluation.availability());
    evaluationFacts.put(
        "frequencies of constant predictors",
        evaluation.baselines().fittedOn() == FittedOn.TRAINING_LABELS
            ? "the training labels"
            : "the evaluated labels");
    study
        .facts()
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              groups
                  .computeIfAbsent(
                      dot < 1 ? "evaluation" : name.substring(0, dot), g -> new LinkedHashMap<>())
                  .put(words(name.substring(dot + 1)), value);
            });
    Html body = new Html().add("<div class=\"facts\">");
    groups.forEach((name, facts) -> group(body, name, facts));
    return new Section("data", "Data and provenance", body.add("</div>"));
  }

  private static void group(Html body, String name, Map<String, String> facts) {
    body.add("<div>")
        .title(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        .add("<dl>");
    facts.forEach(
        (fact, value) ->
            body.add(
                String.format(
                    Locale.ROOT,
                    "<dt>%s</dt><dd>%s</dd>",
                    escape(fact),
                    shortened(escape(value)))));
    body.add("</dl></div>");
  }

  /** Returns a configuration key as words. */
  private static String words(String key) {
    return HUMP.matcher(key.replace('.', ' '))
        .replaceAll(hump -> " " + hump.group().toLowerCase(Locale.ROOT));
  }

  /** Abbreviates digests; the tooltip shows the complete value. */
  private static String shortened(String value) {
    return DIGEST
        .matcher(value)
        .replaceAll(
            (MatchResult digest) ->
                String.format(
                    Locale.ROOT, "<abbr title=\"%s\">%s</abbr>", digest.group(), digest.group(1)));
  }
}
