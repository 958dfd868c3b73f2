package dev.mer4j.report.internal.table;

import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.Deletion;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.calibration.Reliability;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.GroupCount;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Creates the tables of a study that follow the evaluation. */
public final class StudyTables {
  private static final int FEW = 20;

  /** The column of macro-F1 if all segments used the thresholds of the full input. */
  private static final String FULL_THRESHOLDS = "full thresholds";

  private StudyTables() {}

  /** Returns one row per fixed set of modalities. */
  public static TextTable available(ModalityTable table) {
    return new TextTable(
        List.of("available", "macro-F1", "drop", "constant", FULL_THRESHOLDS, "balanced accuracy"),
        table.rows().stream()
            .map(
                row ->
                    List.of(
                        row.available().isEmpty() ? "none" : row.available().toString(),
                        Decimal.of(row.macroF1()),
                        Decimal.of(row.drop()),
                        Decimal.of(row.constant()),
                        Decimal.of(row.fullThresholds()),
                        Decimal.of(row.balancedAccuracy())))
            .toList());
  }

  /** Names the sets of modalities in the table; empty if it has all sets. */
  public static Optional<String> listedSets(ModalityTable table) {
    int count = table.full().size();
    return FixedSets.isComplete(table.full())
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Of the %d sets of %d modalities, the table has the single modalities, the pairs,"
                    + " the sets that lack one modality, and the full set.",
                (1 << count) - 1,
                count));
  }

  /** Returns one row per rate. */
  public static TextTable rates(RateCurve curve) {
    List<List<String>> rows = new ArrayList<>();
    for (int p = 0; p < curve.points().size(); p++) {
      RateCurve.Point point = curve.points().get(p);
      rows.add(
          List.of(
              Decimal.of(point.rate(), 1),
              Decimal.of(point.missing()),
              Decimal.of(curve.macroF1(p)),
              Decimal.of(curve.drop(p)),
              Decimal.of(point.evaluation().bestConstantMacroF1()),
              Decimal.of(point.fullThresholdsMacroF1()),
              Decimal.of(point.evaluation().multiLabel().balancedAccuracy())));
    }
    return new TextTable(
        List.of(
            "rate",
            "missing",
            "macro-F1",
            "drop",
            "constant",
            FULL_THRESHOLDS,
            "balanced accuracy"),
        rows);
  }

  /** Returns the intervals of the headline metrics and of each emotion. */
  public static TextTable intervals(Uncertainty uncertainty) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("macro-F1", uncertainty.macroF1()));
    rows.add(row("balanced accuracy", uncertainty.balancedAccuracy()));
    rows.add(row("average precision", uncertainty.averagePrecision()));
    rows.add(row("ROC-AUC", uncertainty.rocAuc()));
    uncertainty
        .f1()
        .forEach((emotion, each) -> rows.add(row("F1 of " + emotion.key() + " (present)", each)));
    return new TextTable(List.of("metric", "estimate", "low", "high"), rows);
  }

  /** Describes the method and the limits of the intervals. */
  public static String intervalsNote(Uncertainty uncertainty) {
    return String.format(
        Locale.ROOT,
        "%d %% confidence intervals from the jackknife over %s.%s",
        Math.round(100 * Interval.LEVEL),
        uncertainty.groups(),
        caveats(uncertainty.groups(), uncertainty.isComplete()));
  }

  /** Describes the limits of the intervals after a space, or returns an empty string. */
  public static String caveats(GroupCount groups, boolean complete) {
    String few =
        groups.count() < FEW
            ? String.format(
                Locale.ROOT,
                " With fewer than %d %s they contain the true value less often than stated.",
                FEW,
                groups.plural())
            : "";
    String gaps =
        complete
            ? ""
            : String.format(
                Locale.ROOT,
                " Intervals are undefined (-) if all segments that have an emotion, or all that"
                    + " lack it, are of one %1$s, or if the metric is the same without any one"
                    + " %1$s.",
                groups.noun());
    return few + gaps;
  }

  private static List<String> row(String name, Interval interval) {
    return List.of(
        name,
        Decimal.of(interval.estimate()),
        Decimal.of(interval.low()),
        Decimal.of(interval.high()));
  }

  /** Describes where the temperatures are from. */
  public static String calibrationNote(Calibration calibration, GroupCount groups) {
    return calibration
        .fittedOn()
        .map(
            segments ->
                String.format(
                    Locale.ROOT,
                    "Temperatures were fitted on %d validation segments of other %s.",
                    segments,
                    groups.plural()))
        .orElse("Temperatures are those of the model, fitted on its validation split.");
  }

  /** Returns calibration errors and cross-entropies of each set of available modalities. */
  public static TextTable calibrationBySet(Calibration calibration) {
    return new TextTable(
        List.of("available", "segments", "ECE", "calibrated", "loss (nats)", "calibrated"),
        calibration.sets().stream()
            .map(
                each ->
                    List.of(
                        each.available().toString(),
                        Integer.toString(each.segments()),
                        Decimal.of(each.ece().before()),
                        Decimal.of(each.ece().after()),
                        Decimal.of(each.loss().before()),
                        Decimal.of(each.loss().after())))
            .toList());
  }

  /** Returns temperatures and calibration errors. */
  public static TextTable calibration(Calibration calibration) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", "-", calibration.before(), calibration.after()));
    for (int c = 0; c < calibration.emotions().size(); c++) {
      Calibration.EmotionReliability each = calibration.emotions().get(c);
      String temperature = Decimal.of(calibration.temperatures().perEmotion().get(c));
      rows.add(row(each.emotion().key(), temperature, each.before(), each.after()));
    }
    return new TextTable(List.of("emotion", "temperature", "ECE", "ECE calibrated"), rows);
  }

  private static List<String> row(
      String name, String temperature, Reliability before, Reliability after) {
    return List.of(name, temperature, Decimal.of(before.ece()), Decimal.of(after.ece()));
  }

  /** Returns the mean contributions of each modality to each emotion's logit. */
  public static TextTable shares(Attributions attributions) {
    return new TextTable(
        List.of("emotion", "modality", "absolute", "towards label", "if correct", "if wrong"),
        attributions.shares().stream()
            .map(
                share ->
                    List.of(
                        share.label(),
                        share.modality().key(),
                        Decimal.of(share.magnitude()),
                        Decimal.signed(share.towardsTruth()),
                        Decimal.of(share.whenRight()),
                        Decimal.of(share.whenWrong())))
            .toList());
  }

  /** Describes the terms of additive fusion. */
  public static String termsNote() {
    return "Each logit is the sum of a bias and these terms, in logits: mean value, mean absolute"
        + " value, mean absolute difference from the training mean (how much the term varies), and"
        + " mean value towards the label.";
  }

  /** Returns the importance of each term of additive fusion; no rows for other fusions. */
  public static TextTable terms(Attributions attributions) {
    return new TextTable(
        List.of("emotion", "term", "mean", "absolute", "from training mean", "towards label"),
        attributions.terms().stream()
            .map(
                share ->
                    List.of(
                        share.label(),
                        share.modalities().toString(),
                        Decimal.signed(share.mean()),
                        Decimal.of(share.magnitude()),
                        Decimal.of(share.deviation()),
                        Decimal.signed(share.towardsTruth())))
            .toList());
  }

  /** Returns the results of removing each rank; no rows if no segment has several modalities. */
  public static TextTable deletion(Attributions attributions) {
    List<List<String>> rows = new ArrayList<>();
    for (Deletion check : attributions.deletion()) {
      String ranking = check.ranking() == Deletion.Ranking.SHAPLEY ? "Shapley" : "attention";
      for (Deletion.RankRemoval removed : check.removals()) {
        rows.add(
            List.of(
                ranking + ", rank " + removed.rank(),
                Decimal.of(removed.change()),
                Decimal.of(removed.loss()),
                Decimal.signed(removed.loss() - check.loss())));
      }
    }
    return new TextTable(
        List.of("removed", "change of a probability", "loss (nats)", "relative to full"), rows);
  }
}
