package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.detect.ArrayFiles;
import dev.mer4j.data.source.table.TimedTable;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features of one modality beside a table of segments.
 *
 * @param path a file of arrays, or a folder with one file for each segment or each video
 * @param lengths a file with the number of rows of each segment; null if there is none
 */
record ModalityFile(Modality modality, Path path, @Nullable Path lengths) {
  /** Returns the files. */
  List<Path> files() {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(path)) {
      all.addAll(byName(path).values());
    } else {
      all.add(path);
    }
    if (lengths != null) {
      all.add(lengths);
    }
    return all;
  }

  /**
   * Opens the file.
   *
   * @param minConfidence drops rows of tables with less in the column {@code confidence}
   * @param open receives the files to be closed
   * @throws FileException if it holds no features of the segments
   */
  SegmentFeatures open(SegmentsTable table, double minConfidence, List<ArrayFile> open) {
    if (Files.isDirectory(path)) {
      return folder(table, minConfidence);
    }
    ArrayFile file = ArrayFiles.open(path);
    open.add(file);
    if (file.root() instanceof DictNode dict && key(dict) == null) {
      return new NamedFeatures(path, table.names(), NamedArrays.of(path, dict));
    }
    ArrayFeatures features = array(file);
    if (features.count() != table.entries().size()) {
      throw new FileException(
          path,
          String.format(
              Locale.ROOT,
              "has %,d segments, the table of segments has %,d rows",
              features.count(),
              table.entries().size()));
    }
    double[] numbers = lengths(file);
    if (numbers != null) {
      features.setLengths("lengths", numbers);
    }
    return features;
  }

  private ArrayFeatures array(ArrayFile file) {
    if (file.root() instanceof DictNode dict) {
      String key = String.valueOf(key(dict));
      return new ArrayFeatures(SegmentArrays.of(path, key, file.get(Node.class, key)));
    }
    return new ArrayFeatures(SegmentArrays.of(path, "", file.root()));
  }

  /** Returns the key of an array with the rows of all segments; null if there is none. */
  private @Nullable String key(DictNode dict) {
    for (String key : List.of(modality.key(), "features", "data", "arr_0")) {
      Node node = dict.get(key);
      if (node != null && SegmentArrays.fits(node)) {
        return key;
      }
    }
    return dict.entries().keySet().stream()
        .filter(key -> modality.equals(ModalityKeys.of(key)))
        .filter(key -> SegmentArrays.fits(dict.entries().get(key)))
        .findFirst()
        .orElse(null);
  }

  private double @Nullable [] lengths(ArrayFile file) {
    if (lengths != null) {
      try (ArrayFile open = ArrayFiles.open(lengths)) {
        return numbers(open.root());
      }
    }
    if (file.root() instanceof DictNode dict) {
      for (String key : List.of("lengths", modality.key() + "_lengths", key(dict) + "_lengths")) {
        Node node = dict.get(key);
        if (node != null) {
          return numbers(node);
        }
      }
    }
    return null;
  }

  private double[] numbers(Node node) {
    if (node instanceof NumericArray array && array.rank() == 1) {
      return array.readDoubles(0, array.rows());
    }
    if (node instanceof ListNode list && list.numbers().isPresent()) {
      return list.numbers().get();
    }
    throw new FileException(
        lengths == null ? path : lengths,
        "its lengths are " + node.describe() + ", expected a whole number for each segment");
  }

  private SegmentFeatures folder(SegmentsTable table, double minConfidence) {
    Map<String, Path> files = byName(path);
    if (files.isEmpty()) {
      throw new FileException(path, "has no files; it should have one for each segment or video");
    }
    Path first = files.values().iterator().next();
    boolean tables = !ArrayFiles.isArrayFile(first) && TimedTable.isTable(first);
    if (!tables || !TimedTable.fits(first) || isNamedBySegment(files, table)) {
      NamedArrays arrays =
          tables
              ? new NamedArrays.Tables(path, files, minConfidence)
              : new NamedArrays.Files(path, files);
      return new NamedFeatures(path, table.names(), arrays);
    }
    for (SegmentEntry entry : table.entries()) {
      if (Double.isNaN(entry.interval().start()) || Double.isNaN(entry.interval().end())) {
        throw new FileException(
            path,
            "has tables of times, but segment '"
                + entry.id()
                + "' has no start and end in the table of segments");
      }
    }
    return new TimedFeatures(path, files, table.entries(), minConfidence);
  }

  /** Returns whether the tables are those of segments, not of videos with times. */
  private static boolean isNamedBySegment(Map<String, Path> files, SegmentsTable table) {
    boolean segments = table.names().stream().anyMatch(files::containsKey);
    boolean videos =
        table.entries().stream()
            .anyMatch(
                entry ->
                    files.containsKey(entry.id().video())
                        && !Double.isNaN(entry.interval().start()));
    return segments && !videos;
  }

  /** Returns whether the first file of a folder has the column {@code confidence}. */
  boolean hasConfidence() {
    return Files.isDirectory(path)
        && byName(path).values().stream().limit(1).anyMatch(TimedTable::hasConfidence);
  }

  private static Map<String, Path> byName(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.sorted().toList()) {
        if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
          Path other = files.putIfAbsent(stem(file), file);
          if (other != null) {
            throw new FileException(
                folder,
                "has two files of one name, " + other.getFileName() + " and " + file.getFileName());
          }
        }
      }
    } catch (IOException e) {
      throw new FileException(folder, ReadFailure.reason(folder, e), e);
    }
    return files;
  }

  /** Returns a file's name without its ending. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
