package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.detect.ArrayFiles;
import dev.mer4j.data.source.table.TimedTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Arrays [T, D] by the name of their segment. */
interface NamedArrays {
  /** Returns the names of all arrays. */
  Set<String> names();

  /** Returns whether there is an array of a name. */
  boolean has(String name);

  /**
   * Applies a function to an array while its file is open.
   *
   * @throws FileException if the file cannot be read, or has another content
   */
  <T> T with(String name, Function<ArrayFeatures, T> use);

  /** Returns the number of rows that the file of a name marks as failed. */
  default int failedRows(String name) {
    return 0;
  }

  /** Returns the arrays of an open file, by their keys. */
  static NamedArrays of(Path path, DictNode dict) {
    return new NamedArrays() {
      @Override
      public Set<String> names() {
        return dict.entries().keySet();
      }

      @Override
      public boolean has(String name) {
        return dict.get(name) != null;
      }

      @Override
      public <T> T with(String name, Function<ArrayFeatures, T> use) {
        if (dict.get(name) instanceof NumericArray array) {
          return use.apply(new ArrayFeatures(SegmentArrays.single(path, name, array)));
        }
        throw new FileException(path, name + " is not an array of numbers");
      }
    };
  }

  /** Files of one array each. */
  record Files(Path folder, Map<String, Path> files) implements NamedArrays {
    @Override
    public Set<String> names() {
      return files.keySet();
    }

    @Override
    public boolean has(String name) {
      return files.containsKey(name);
    }

    @Override
    public <T> T with(String name, Function<ArrayFeatures, T> use) {
      Path file = files.getOrDefault(name, folder);
      try (ArrayFile open = ArrayFiles.open(file)) {
        return use.apply(new ArrayFeatures(SegmentArrays.single(file, "", onlyArray(open))));
      }
    }

    private static NumericArray onlyArray(ArrayFile file) {
      Map<String, NumericArray> all = file.numericArrays();
      if (all.size() != 1) {
        throw new FileException(
            file.path(),
            String.format(
                Locale.ROOT,
                "has %d arrays %s; the file of a segment has one",
                all.size(),
                all.keySet().stream().limit(8).toList()));
      }
      return all.values().iterator().next();
    }
  }

  /** Tables of text, all rows of which belong to the segment. */
  record Tables(Path folder, Map<String, Path> files, double minConfidence) implements NamedArrays {
    @Override
    public Set<String> names() {
      return files.keySet();
    }

    @Override
    public boolean has(String name) {
      return files.containsKey(name);
    }

    @Override
    public <T> T with(String name, Function<ArrayFeatures, T> use) {
      Rows rows = table(name).rows().rows();
      double[] values = new double[rows.count() * rows.width()];
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.at(i / rows.width(), i % rows.width());
      }
      Path file = files.getOrDefault(name, folder);
      NumericArray array = NumericArray.of(file, values, rows.count(), rows.width());
      return use.apply(new ArrayFeatures(SegmentArrays.single(file, "", array)));
    }

    private TimedTable table(String name) {
      return TimedTable.readAll(files.getOrDefault(name, folder), name, minConfidence);
    }

    @Override
    public int failedRows(String name) {
      try {
        return has(name) ? table(name).failed() : 0;
      } catch (FileException e) {
        // Reading the segment reports the fault.
        return 0;
      }
    }
  }
}
