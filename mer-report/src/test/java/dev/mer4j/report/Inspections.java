package dev.mer4j.report;

import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.segment.EntryFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An inspection of three small segments with defects of every kind. */
public final class Inspections {
  /** Text that would break a page without escaping. */
  public static final String HOSTILE = "<script>alert(1)</script>\"'&\u202e";

  private Inspections() {}

  /** Inspects files that it writes; segments longer than two steps are truncated. */
  public static Inspection of(Path folder) {
    double[] audio = {1, 5, Double.NaN, 0, 0, 0, 2, 5, Double.NEGATIVE_INFINITY, 3, 5, 33_000_000};
    double[] times = {0, 1, 1, 2, 2, 3, 9, 10};
    double[] labels = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -4, 2, 2, 0, 0, 0, 0};
    double[] segments = {2, 12, -1, 3, 20, 21};
    write(folder, "All Labels", new CsdEntry("a", segments, new Rows.Doubles(7, labels)));
    write(folder, "COVAREP", new CsdEntry("a", times, new Rows.Doubles(3, audio)));
    try {
      Files.writeString(folder.resolve("train.txt"), "a");
      Files.writeString(folder.resolve("valid.txt"), "b");
      Files.writeString(folder.resolve("test.txt"), "c");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Inspection.of(CsdFolder.find(folder), Folds.read(folder), 2, (done, total) -> {});
  }

  /** The same inspection, with an entry and a finding whose text is markup. */
  public static Inspection hostile(Path folder) {
    Inspection plain = of(folder);
    return new Inspection(
        plain.files(),
        plain.features(),
        plain.labels(),
        plain.folds(),
        List.of(new EntryFault("a.csd", HOSTILE, "entry '" + HOSTILE + "' has no rows")),
        Coverage.COMPLETE,
        List.of(HOSTILE));
  }

  private static void write(Path folder, String root, CsdEntry entry) {
    CsdWriter.write(folder.resolve(root + ".csd"), root, Map.of(), writer -> writer.put(entry));
  }
}
