package dev.mer4j.data.inspect;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.EntryShape;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.segment.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a folder of files holds, and what is wrong with it.
 *
 * @param features of each modality that has a file
 * @param verdicts what somebody about to train on the data should know, in sentences
 */
public record Inspection(
    List<FileReport> files,
    Map<Modality, FeatureReport> features,
    LabelReport labels,
    FoldReport folds,
    List<String> verdicts) {
  public Inspection {
    files = List.copyOf(files);
    features = Collections.unmodifiableMap(new EnumMap<>(features));
    verdicts = List.copyOf(verdicts);
  }

  /** Is told how far the inspection has come. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every video. */
    void inspected(int done, int total);
  }

  /**
   * Reads everything once, one video in memory at a time.
   *
   * @param folds {@link Folds#none} if there are none
   * @param steps that a model reads at most; what lies beyond counts as lost
   * @throws FileException if a file is damaged
   */
  public static Inspection of(CsdFolder data, Folds folds, int steps, Progress progress) {
    try (SegmentReader reader = SegmentReader.open(data, Unit.SEGMENT)) {
      Map<Modality, FeatureScan> scans = new EnumMap<>(Modality.class);
      reader
          .widths()
          .forEach((modality, width) -> scans.put(modality, new FeatureScan(width, steps)));
      LabelScan labelScan = new LabelScan();
      FoldScan foldScan = new FoldScan(folds);
      int done = 0;
      for (String video : reader.videos()) {
        List<RawSegment> segments = reader.read(video);
        labelScan.add(segments);
        foldScan.add(video, segments);
        for (RawSegment segment : segments) {
          scans.forEach((modality, scan) -> look(scan, segment, modality));
        }
        progress.inspected(++done, reader.videos().size());
      }
      Map<Modality, FeatureReport> features = new EnumMap<>(Modality.class);
      scans.forEach((modality, scan) -> features.put(modality, scan.report()));
      LabelReport labels = labelScan.report();
      FoldReport fold = foldScan.report(reader.videos());
      return new Inspection(
          files(data), features, labels, fold, Verdicts.of(features, labels, fold, steps));
    }
  }

  private static void look(FeatureScan scan, RawSegment segment, Modality modality) {
    SegmentRows rows = segment.rows().get(modality);
    if (rows == null) {
      scan.absent();
    } else {
      scan.add(rows);
    }
  }

  private static List<FileReport> files(CsdFolder data) {
    List<FileReport> files = new ArrayList<>(List.of(file("labels", data.labels())));
    for (Modality modality : Modality.values()) {
      Path path = data.features().get(modality);
      if (path != null) {
        files.add(file(modality.key(), path));
      }
    }
    return files;
  }

  private static FileReport file(String role, Path path) {
    try (CsdFile csd = CsdFile.open(path)) {
      long rows = 0;
      EntryShape shape = new EntryShape(0, 0, "unknown", "unknown");
      for (String video : csd.videos()) {
        EntryShape own = csd.shape(video);
        rows += own.rows();
        shape = shape.rows() == 0 ? own : shape;
      }
      return new FileReport(
          role,
          path.toString(),
          Files.size(path),
          csd.root(),
          shape.type(),
          shape.layout(),
          csd.videos().size(),
          rows,
          shape.width());
    } catch (IOException e) {
      throw new FileException(path, "cannot be looked at: " + e.getMessage(), e);
    }
  }
}
