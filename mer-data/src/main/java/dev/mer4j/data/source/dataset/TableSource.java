package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.detect.ArrayFiles;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a table of segments, {@value #TABLE} or MERTools' labels, and for each modality a
 * file of arrays, a folder with one array for each segment, or a folder with one table of times for
 * each video.
 */
public final class TableSource {
  /** The name of the table. */
  public static final String TABLE = "segments.csv";

  private TableSource() {}

  /**
   * Returns the table of a folder; null if there is none.
   *
   * @throws FileException if there are several files of labels, or the only candidate is damaged
   */
  public static @Nullable Path table(Path folder) {
    Path table = folder.resolve(TABLE);
    if (Files.isRegularFile(table)) {
      return table;
    }
    List<Path> found = new ArrayList<>();
    @Nullable FileException fault = null;
    List<Path> children = ModalityFinder.children(folder);
    for (Path child : children) {
      if (Files.isRegularFile(child) && child.toString().endsWith(".npz")) {
        try (ArrayFile open = ArrayFiles.open(child)) {
          if (CorpusLabels.fits(open.root())) {
            found.add(child);
          }
        } catch (FileException e) {
          fault = e;
        }
      }
    }
    if (found.isEmpty() && fault != null && children.stream().noneMatch(TableSource::isHdf5)) {
      throw fault;
    }
    if (found.size() > 1) {
      throw new FileException(
          folder,
          "has several files of labels, "
              + found.stream().map(Path::getFileName).toList()
              + "; select one with --labels FILE");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Returns those of the columns that apply to some data: of a folder with {@value #TABLE} those
   * that the table has, and of other arrays the names of labels.
   *
   * @return the labels only if the table has all their columns, and then the rule of presence
   * @throws FileException if the table cannot be read
   */
  public static TableColumns present(Path data, TableColumns columns) {
    Path file = data.resolve(TABLE);
    if (!Files.isRegularFile(file)) {
      boolean arrays = Files.isDirectory(data) ? table(data) != null : !isHdf5(data);
      return new TableColumns(arrays ? columns.labels() : List.of(), null, null);
    }
    try (TextTable table = TextTable.open(file)) {
      boolean labeled = columns.labels().stream().allMatch(name -> table.column(name) >= 0);
      @Nullable String group = columns.group();
      return new TableColumns(
          labeled ? columns.labels() : List.of(),
          group != null && table.column(group) < 0 ? null : group,
          labeled ? columns.positive() : null);
    }
  }

  private static boolean isHdf5(Path file) {
    return Files.isRegularFile(file) && CsdFolder.isHdf5(file);
  }

  /** Returns whether a file is a table of samples with labels. */
  public static boolean isTable(Path file) {
    return CorpusLabels.fits(file);
  }

  /**
   * Reads all but the features.
   *
   * @param file the table
   * @param labels a computational sequence whose emotions are joined; null if those of the table
   *     count
   * @param given files of modalities; the others are found
   * @throws FileException if the table is malformed, or there are no features beside it
   */
  public static ArraySource open(
      Path folder,
      Path file,
      @Nullable Path labels,
      PerModality<Path> given,
      ArrayOptions options) {
    SegmentsTable table =
        file.endsWith(TABLE)
            ? SegmentsTable.read(file, options.columns())
            : CorpusLabels.read(file, new LabelNames(options.columns().labels()));
    List<SkippedFile> skipped = new ArrayList<>();
    List<ModalityFile> modalities = new ModalityFinder(folder, file, given).find(skipped);
    if (modalities.isEmpty()) {
      throw new FileException(
          folder,
          "has a table of segments but no features; name files or folders text, audio or visual,"
              + " or give them: --modality text=FILE"
              + (skipped.isEmpty()
                  ? ""
                  : "; beside the table are "
                      + skipped.stream().map(each -> folder.relativize(each.file())).toList()));
    }
    ArrayDataset data =
        new ArrayDataset(
            file.endsWith(TABLE) ? "table of segments" : "labels and features of MERTools",
            file,
            new Blocks(table, modalities, options.minConfidence()),
            table.entries(),
            notes(table, modalities, options.minConfidence()),
            skipped,
            table.emotions(),
            null);
    return new ArraySource(labels == null ? data : data.joinedWith(labels), options);
  }

  private static List<SourceNote> notes(
      SegmentsTable table, List<ModalityFile> modalities, double minConfidence) {
    List<SourceNote> notes = new ArrayList<>(table.notes());
    if (minConfidence > 0 && modalities.stream().noneMatch(ModalityFile::hasConfidence)) {
      notes.add(
          new SourceNote(
              List.of("confidence"),
              "--min-confidence has no effect: no table has the column confidence"));
    }
    return notes;
  }

  /** The files beside the table: one block. */
  private record Blocks(SegmentsTable table, List<ModalityFile> modalities, double minConfidence)
      implements BlockFiles {
    @Override
    public PerModality<Path> features() {
      return modalities.stream()
          .collect(PerModality.collector(ModalityFile::modality, ModalityFile::path));
    }

    @Override
    public List<Path> files() {
      return modalities.stream().flatMap(each -> each.files().stream()).toList();
    }

    @Override
    public OpenBlocks open() {
      List<ArrayFile> open = new ArrayList<>();
      try {
        PerModality.Builder<SegmentFeatures> features = PerModality.builder();
        modalities.forEach(
            each -> features.put(each.modality(), each.open(table, minConfidence, open)));
        return new OpenBlocks(List.of(features.build()), open);
      } catch (RuntimeException e) {
        open.forEach(ArrayFile::close);
        throw e;
      }
    }
  }
}
