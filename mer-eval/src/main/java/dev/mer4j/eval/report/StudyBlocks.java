package dev.mer4j.eval.report;

import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.report.Block.Grid;
import dev.mer4j.eval.report.Block.Heading;
import dev.mer4j.eval.report.Block.Paragraph;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.table.Decimal;
import dev.mer4j.eval.table.StudyTables;
import dev.mer4j.eval.table.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What a study adds to an evaluation's text. */
final class StudyBlocks {
  private final List<Block> blocks = new ArrayList<>();

  private StudyBlocks() {}

  static List<Block> of(Study study) {
    StudyBlocks told = new StudyBlocks();
    study.missing().ifPresent(told::missing);
    told.uncertainty(study.uncertainty());
    study.calibration().ifPresent(told::calibration);
    told.attribution(study.attributions());
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
      blocks.add(new Grid(StudyTables.rates(curve)));
    }
  }

  private void uncertainty(Uncertainty uncertainty) {
    blocks.add(new Heading(2, "Uncertainty"));
    blocks.add(
        new Paragraph(
            "95 %% intervals: percentiles of %d resamples of %d whole videos, seed %d."
                .formatted(uncertainty.resamples(), uncertainty.videos(), uncertainty.seed())));
    blocks.add(new Grid(StudyTables.intervals(uncertainty)));
  }

  private void calibration(Calibration calibration) {
    blocks.add(new Heading(2, "Calibration"));
    blocks.add(
        new Paragraph(
            "Temperatures were fitted on %d validation segments, of other videos than these."
                .formatted(calibration.fittedOn())));
    blocks.add(new Grid(StudyTables.calibration(calibration)));
  }

  private void attribution(Attributions attributions) {
    blocks.add(new Heading(2, "Attribution"));
    blocks.add(
        new Paragraph(
            "Exact Shapley values of the modalities on the logits: mean size, mean towards the"
                + " label, and mean size where the answer was right and wrong."));
    blocks.add(new Grid(StudyTables.shares(attributions)));
    TextTable deletion = StudyTables.deletion(attributions);
    if (!deletion.rows().isEmpty()) {
      blocks.add(
          new Paragraph(
              "The check: each segment loses the modality of this rank. A ranking that tells the"
                  + " truth hurts most at rank 1."));
      blocks.add(new Grid(deletion));
    }
    attributions.warnings().forEach(text -> blocks.add(new Paragraph("Warning: " + text + ".")));
  }
}
