package dev.mer4j.data.inspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.FaultLog;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents and faults of a folder of files.
 *
 * @param features the report of each modality that has a file
 * @param faults the entries that cannot be used
 * @param coverage the data in no segment or no fold, and the problems that prevent a preparation
 * @param findings the properties of the data that matter for training, as sentences
 */
public record Inspection(
    List<FileReport> files,
    PerModality<FeatureReport> features,
    LabelReport labels,
    FoldReport folds,
    List<EntryFault> faults,
    Coverage coverage,
    @JsonProperty("verdicts") List<String> findings) {
  public Inspection {
    files = List.copyOf(files);
    features = features.sorted();
    faults = List.copyOf(faults);
    findings = List.copyOf(findings);
  }

  /** A listener for the progress of an inspection. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every video. */
    void inspected(int done, int total);
  }

  /**
   * Inspects all files in one pass, with one video in memory at a time.
   *
   * @param folds {@link Folds#none} if no folds exist
   * @param steps the maximum number of steps that a model reads; further steps count as lost
   * @throws FileException if a file cannot be used, or an id of a fold matches several videos; a
   *     damaged entry is only reported
   */
  public static Inspection of(CsdFolder data, Folds folds, int steps, Progress progress) {
    return of(new CsdSource(data), folds, steps, progress);
  }

  /** Reads everything once, as {@link #of(CsdFolder, Folds, int, Progress)}. */
  public static Inspection of(FeatureSource data, Folds folds, int steps, Progress progress) {
    SanitizeOptions limits = SanitizeOptions.DEFAULT;
    List<EntryFault> faults = new ArrayList<>();
    FaultLog log = new FaultLog(false);
    try (SourceReader reader = data.open(SampleUnit.SEGMENT, log)) {
      Folds matched = folds.matchedTo(reader.videos());
      CoverageScan coverageScan = new CoverageScan(data, reader, matched);
      PerModality<Integer> widths = reader.widths();
      PerModality<FeatureScan> scans =
          PerModality.of(
              widths.modalities(), m -> new FeatureScan(widths.get(m), steps, limits.limitOf(m)));
      LabelScan labelScan = new LabelScan(data.emotions());
      FoldScan foldScan = new FoldScan(matched, data.emotions());
      int done = 0;
      for (String video : reader.videos()) {
        reader.release();
        log.clear();
        List<RawSegment> segments = reader.read(video);
        labelScan.add(segments);
        foldScan.add(video, segments);
        faults.addAll(log.faults());
        coverageScan.add(
            video,
            segments.stream().map(segment -> segment.rows().modalities()).toList(),
            List.of(),
            log.faults(),
            log.skipped());
        for (RawSegment segment : segments) {
          scans.forEach((modality, scan) -> scan(scan, segment, modality));
        }
        progress.inspected(++done, reader.videos().size());
      }
      PerModality<FeatureReport> features = scans.map(FeatureScan::report);
      LabelReport labels = labelScan.report();
      FoldReport fold = foldScan.report(reader.videos());
      List<FileReport> files = data.summaries().stream().map(Inspection::file).toList();
      Coverage coverage = coverageScan.result();
      return new Inspection(
          files,
          features,
          labels,
          fold,
          faults,
          coverage,
          Findings.of(files, features, labels, fold, coverage, steps));
    }
  }

  private static void scan(FeatureScan scan, RawSegment segment, Modality modality) {
    segment.rows().find(modality).ifPresentOrElse(scan::add, scan::absent);
  }

  private static FileReport file(FileSummary file) {
    try {
      return new FileReport(
          file.role(),
          file.file().toString(),
          Files.size(file.file()),
          file.root(),
          file.numbers().type(),
          file.numbers().layout(),
          file.videos(),
          file.rows(),
          file.numbers().width());
    } catch (IOException e) {
      throw new FileException(file.file(), "cannot be read: " + IoReason.of(e), e);
    }
  }
}
