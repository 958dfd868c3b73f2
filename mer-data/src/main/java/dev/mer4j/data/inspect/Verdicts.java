package dev.mer4j.data.inspect;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says in sentences what somebody about to train on the data should know. */
final class Verdicts {
  private static final double SUSPICIOUS = 1e5;
  private static final int SHOWN = 5;

  private final List<String> lines = new ArrayList<>();

  private Verdicts() {}

  static List<String> of(
      Map<Modality, FeatureReport> features, LabelReport labels, FoldReport folds, int steps) {
    Verdicts verdicts = new Verdicts();
    for (Modality modality : Modality.values()) {
      FeatureReport report = features.get(modality);
      if (report == null) {
        verdicts.say("There is no file of %s features.", modality.key());
      } else {
        verdicts.judge(modality.key(), report, steps);
      }
    }
    verdicts.judge(labels);
    verdicts.judge(folds);
    return List.copyOf(verdicts.lines);
  }

  private void judge(String modality, FeatureReport report, int steps) {
    long infinite = report.positiveInfinite() + report.negativeInfinite();
    if (report.nan() + infinite > 0) {
      say(
          "%s: NaN values: %,d, infinite ones: %,d; preparing makes them 0.",
          modality, report.nan(), infinite);
    }
    if (Math.max(-report.min(), report.max()) > SUSPICIOUS) {
      say(
          "%s: values reach from %,.0f to %,.0f; preparing clips them.",
          modality, report.min(), report.max());
    }
    if (report.zeroRows() > 0) {
      say("%s: rows of nothing but zeros: %,d.", modality, report.zeroRows());
    }
    if (!report.constantColumns().isEmpty()) {
      say("%s: columns that never change: %s.", modality, some(report.constantColumns()));
    }
    if (report.segmentsCut() > 0) {
      say(
          "%s: segments of more than %d steps: %,d, which loses %.1f %% of all steps; pooling"
              + " keeps their whole length.",
          modality, steps, report.segmentsCut(), 100 * report.stepsLost());
    }
    if (report.segmentsWithout() > 0) {
      say("%s: segments without it: %,d.", modality, report.segmentsWithout());
    }
  }

  private void judge(LabelReport labels) {
    if (labels.scoresOutOfRange() > 0) {
      say("labels: values out of range: %,d; preparing clamps them.", labels.scoresOutOfRange());
    }
    if (labels.none() > 0) {
      say(
          "labels: segments with none of the six emotions: %,d, without a single highest one: %,d;"
              + " a single-label task has to say what becomes of them.",
          labels.none(), labels.tied());
    }
  }

  private void judge(FoldReport folds) {
    if (folds.counts().keySet().equals(Set.of(Split.NONE))) {
      say("folds: no video is in any; training needs them.");
    }
    if (!folds.unlabelled().isEmpty()) {
      say(
          "folds: videos without labels: %,d (%s).",
          folds.unlabelled().size(), some(folds.unlabelled()));
    }
    if (!folds.unassigned().isEmpty()) {
      say(
          "folds: labelled videos in none: %,d (%s).",
          folds.unassigned().size(), some(folds.unassigned()));
    }
  }

  private static String some(List<?> values) {
    String shown = String.join(", ", values.stream().limit(SHOWN).map(String::valueOf).toList());
    return values.size() > SHOWN ? shown + " and %d more".formatted(values.size() - SHOWN) : shown;
  }

  private void say(String sentence, Object... facts) {
    lines.add(String.format(Locale.ROOT, sentence, facts));
  }
}
