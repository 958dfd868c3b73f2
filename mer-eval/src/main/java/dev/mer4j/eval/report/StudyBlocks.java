package dev.mer4j.eval.report;

import dev.mer4j.data.Emotion;
import dev.mer4j.eval.attribution.Deletion;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.report.Block.Grid;
import dev.mer4j.eval.report.Block.Heading;
import dev.mer4j.eval.report.Block.Paragraph;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a study adds to an evaluation's text. */
final class StudyBlocks {
  private final List<Block> blocks = new ArrayList<>();

  private StudyBlocks() {}

  static List<Block> of(Study study) {
    StudyBlocks told = new StudyBlocks();
    study.missing().ifPresent(told::missing);
    told.uncertainty(study.uncertainty());
    study.calibration().ifPresent(told::calibration);
    told.attribution(study);
    return told.blocks;
  }

  private void missing(MissingResult missing) {
    for (RateCurve curve : missing.curves()) {
      blocks.add(new Heading(2, "Missing input, protocol \"" + curve.protocol() + "\""));
      blocks.add(
          new Paragraph(
              ("Masks come from seed %d and each segment's id. Mean height of the curve, from 0 to"
                      + " the largest share: %s.")
                  .formatted(missing.seed(), Decimal.of(curve.area()))));
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
      grid(List.of("rate", "missing", "macro-F1", "drop", "balanced accuracy"), rows);
    }
  }

  private void uncertainty(Uncertainty uncertainty) {
    blocks.add(new Heading(2, "Uncertainty"));
    blocks.add(
        new Paragraph(
            "95 %% intervals: percentiles of %d resamples of %d whole videos, seed %d."
                .formatted(uncertainty.resamples(), uncertainty.videos(), uncertainty.seed())));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("macro-F1", uncertainty.macroF1()));
    rows.add(row("balanced accuracy", uncertainty.balancedAccuracy()));
    rows.add(row("average precision", uncertainty.averagePrecision()));
    rows.add(row("ROC-AUC", uncertainty.rocAuc()));
    for (Emotion emotion : Emotion.values()) {
      rows.add(
          row(
              "F1 of " + emotion.key() + " (present)",
              Objects.requireNonNull(uncertainty.f1().get(emotion))));
    }
    grid(List.of("metric", "estimate", "low", "high"), rows);
  }

  private static List<String> row(String name, Interval interval) {
    return List.of(
        name,
        Decimal.of(interval.estimate()),
        Decimal.of(interval.low()),
        Decimal.of(interval.high()));
  }

  private void calibration(Calibration calibration) {
    blocks.add(new Heading(2, "Calibration"));
    blocks.add(
        new Paragraph(
            "Temperatures were fitted on %d validation segments, of other videos than these."
                .formatted(calibration.fittedOn())));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "all",
            "-",
            Decimal.of(calibration.before().ece()),
            Decimal.of(calibration.after().ece())));
    for (Calibration.OfEmotion each : calibration.emotions()) {
      rows.add(
          List.of(
              each.emotion().key(),
              Decimal.of(calibration.temperatures().of(each.emotion())),
              Decimal.of(each.before().ece()),
              Decimal.of(each.after().ece())));
    }
    grid(List.of("emotion", "temperature", "ECE", "ECE calibrated"), rows);
  }

  private void attribution(Study study) {
    blocks.add(new Heading(2, "Attribution"));
    blocks.add(
        new Paragraph(
            "Exact Shapley values of the modalities on the logits: mean size, mean towards the"
                + " label, and mean size where the answer was right and wrong."));
    grid(
        List.of("emotion", "modality", "size", "towards truth", "when right", "when wrong"),
        study.attributions().shares().stream()
            .map(
                share ->
                    List.of(
                        share.emotion().key(),
                        share.modality().key(),
                        Decimal.of(share.magnitude()),
                        Decimal.of(share.towardsTruth()),
                        Decimal.of(share.whenRight()),
                        Decimal.of(share.whenWrong())))
            .toList());
    List<List<String>> rows = new ArrayList<>();
    for (Deletion check : study.attributions().deletion()) {
      for (Deletion.Removed removed : check.removed()) {
        rows.add(
            List.of(
                (check.ranking() == Deletion.Ranking.SHAPLEY ? "Shapley" : "attention")
                    + ", rank "
                    + removed.rank(),
                Decimal.of(removed.change()),
                Decimal.of(removed.loss()),
                Decimal.signed(removed.loss() - check.loss())));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Paragraph(
              "The check: each segment loses the modality of this rank. A ranking that tells the"
                  + " truth hurts most at rank 1."));
      grid(List.of("lost", "change of a probability", "loss (nats)", "against full"), rows);
    }
    study
        .attributions()
        .warnings()
        .forEach(text -> blocks.add(new Paragraph("Warning: " + text + ".")));
  }

  private void grid(List<String> header, List<List<String>> rows) {
    blocks.add(new Grid(new TextTable(header, rows)));
  }
}
