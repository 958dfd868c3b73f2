package dev.mer4j.report.internal.table;

import dev.mer4j.data.Emotion;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.Deletion;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.calibration.Reliability;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a study adds to an evaluation. */
public final class StudyTables {
  private static final int FEW_VIDEOS = 20;
  private static final String FEW =
      " With fewer than 20 videos they hold the true value less often than that.";

  private StudyTables() {}

  /** One row for each fixed set of modalities. */
  public static TextTable available(ModalityTable table) {
    return new TextTable(
        List.of("available", "macro-F1", "drop", "balanced accuracy"),
        table.rows().stream()
            .map(
                row ->
                    List.of(
                        row.available().isEmpty() ? "none" : row.available().toString(),
                        Decimal.of(row.macroF1()),
                        Decimal.of(row.drop()),
                        Decimal.of(row.balancedAccuracy())))
            .toList());
  }

  /** One row for each rate. */
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
              Decimal.of(point.evaluation().multiLabel().balancedAccuracy())));
    }
    return new TextTable(List.of("rate", "missing", "macro-F1", "drop", "balanced accuracy"), rows);
  }

  /** The headline's intervals and each emotion's. */
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

  /** Says how the intervals were made and what limits them. */
  public static String intervalsNote(Uncertainty uncertainty) {
    return String.format(
        Locale.ROOT,
        "%d %% confidence intervals, from leaving out each of %d videos in turn.%s",
        Math.round(100 * Interval.LEVEL),
        uncertainty.videos(),
        caveats(uncertainty.videos(), uncertainty.isComplete()));
  }

  /** Says what limits intervals, after a space; nothing where nothing does. */
  public static String caveats(int videos, boolean complete) {
    String few = videos < FEW_VIDEOS ? FEW : "";
    String gaps =
        complete
            ? ""
            : " There is no interval (-) where all segments that have an emotion, or all that lack"
                + " it, are of one video, or where the metric is the same whichever video is left"
                + " out.";
    return few + gaps;
  }

  private static List<String> row(String name, Interval interval) {
    return List.of(
        name,
        Decimal.of(interval.estimate()),
        Decimal.of(interval.low()),
        Decimal.of(interval.high()));
  }

  /** Temperatures and what they mend. */
  public static TextTable calibration(Calibration calibration) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", "-", calibration.before(), calibration.after()));
    for (Calibration.EmotionReliability each : calibration.emotions()) {
      Emotion emotion = each.emotion();
      String temperature = Decimal.of(calibration.temperatures().of(emotion));
      rows.add(row(emotion.key(), temperature, each.before(), each.after()));
    }
    return new TextTable(List.of("emotion", "temperature", "ECE", "ECE calibrated"), rows);
  }

  private static List<String> row(
      String name, String temperature, Reliability before, Reliability after) {
    return List.of(name, temperature, Decimal.of(before.ece()), Decimal.of(after.ece()));
  }

  /** How much each modality moved each emotion's logit. */
  public static TextTable shares(Attributions attributions) {
    return new TextTable(
        List.of("emotion", "modality", "size", "towards truth", "when right", "when wrong"),
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

  /** What the loss of the modality of each rank does; no row where no segment has several. */
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
        List.of("lost", "change of a probability", "loss (nats)", "against full"), rows);
  }
}
