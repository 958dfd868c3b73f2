package dev.mer4j.report;

import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.GroupCount;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.Block.Grid;
import dev.mer4j.report.Block.Heading;
import dev.mer4j.report.Block.Paragraph;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import dev.mer4j.report.internal.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a study's report that follow the evaluation. */
final class StudyBlocks {
  private final List<Block> blocks = new ArrayList<>();

  private StudyBlocks() {}

  static List<Block> of(Study study) {
    StudyBlocks result = new StudyBlocks();
    study.missing().ifPresent(result::missing);
    result.uncertainty(study.uncertainty());
    study.calibration().ifPresent(each -> result.calibration(each, study.uncertainty().groups()));
    result.attribution(study.attributions());
    return result.blocks;
  }

  private void missing(MissingResult missing) {
    for (RateCurve curve : missing.curves()) {
      part(
          "Missing input, protocol \"" + curve.protocol() + "\"",
          String.format(
              Locale.ROOT,
              "Masks depend on seed %d and each segment's id. Mean height of the curve, from 0"
                  + " to the largest share: %s.",
              missing.seed(),
              Decimal.of(curve.area())),
          StudyTables.rates(curve));
    }
  }

  private void uncertainty(Uncertainty uncertainty) {
    part("Uncertainty", StudyTables.intervalsNote(uncertainty), StudyTables.intervals(uncertainty));
  }

  private void calibration(Calibration calibration, GroupCount groups) {
    part(
        "Calibration",
        StudyTables.calibrationNote(calibration, groups),
        StudyTables.calibration(calibration));
    if (!calibration.sets().isEmpty()) {
      blocks.add(new Grid(StudyTables.calibrationBySet(calibration)));
    }
  }

  private void attribution(Attributions attributions) {
    part(
        "Attribution",
        "Exact Shapley values of the modalities for the logits: mean absolute value, mean value"
            + " towards the label, and mean absolute value over correct and over wrong"
            + " predictions.",
        StudyTables.shares(attributions));
    TextTable terms = StudyTables.terms(attributions);
    if (!terms.rows().isEmpty()) {
      part("Terms", StudyTables.termsNote(), terms);
    }
    TextTable deletion = StudyTables.deletion(attributions);
    if (!deletion.rows().isEmpty()) {
      blocks.add(
          new Paragraph(
              "Deletion check: the modality of this rank is removed from each segment. For a"
                  + " faithful ranking, removing rank 1 raises the loss most."));
      blocks.add(new Grid(deletion));
    }
    attributions.warnings().forEach(text -> blocks.add(new Paragraph("Warning: " + text + ".")));
  }

  private void part(String title, String text, TextTable table) {
    blocks.add(new Heading(2, title));
    blocks.add(new Paragraph(text));
    blocks.add(new Grid(table));
  }
}
