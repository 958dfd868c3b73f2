package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.detect.ArrayFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows in an array [T, D] for each segment, which has its name: keys of a file, or files. */
final class NamedFeatures implements SegmentFeatures {
  private final Path path;
  private final List<String> names;
  private final Arrays arrays;
  private final FileSummary.Numbers numbers;

  /** Gives the array of a name. */
  private interface Arrays {
    boolean has(String name);

    /** What is made of the array is made before its file is closed. */
    <T> T with(String name, Use<T> use);
  }

  /** Makes something of an array. */
  private interface Use<T> {
    T of(ArrayFeatures array);
  }

  private NamedFeatures(Path path, List<String> names, Arrays arrays) {
    this.path = path;
    this.names = names;
    this.arrays = arrays;
    @Nullable FileException fault = null;
    FileSummary.@Nullable Numbers found = null;
    for (int i = 0; i < names.size() && found == null; i++) {
      try {
        if (arrays.has(names.get(i))) {
          found = arrays.with(names.get(i), ArrayFeatures::numbers);
        }
      } catch (FileException e) {
        fault = fault == null ? e : fault;
      }
    }
    if (found == null) {
      throw fault != null
          ? fault
          : new FileException(
              path,
              String.format(
                  Locale.ROOT,
                  "has nothing by the name of one of the %,d segments, the first of which is '%s'",
                  names.size(),
                  names.isEmpty() ? "" : names.get(0)));
    }
    numbers = found;
  }

  /** Arrays under the segments' names in an open file. */
  static NamedFeatures of(Path path, DictNode dict, List<String> names) {
    return new NamedFeatures(
        path,
        names,
        new Arrays() {
          @Override
          public boolean has(String name) {
            return dict.get(name) != null;
          }

          @Override
          public <T> T with(String name, Use<T> use) {
            if (dict.get(name) instanceof NumericArray array) {
              return use.of(ArrayFeatures.single(path, name, array));
            }
            throw new FileException(path, name + " is no array of numbers");
          }
        });
  }

  /**
   * Files that have the segments' names before their ending.
   *
   * @param files by the name
   */
  static NamedFeatures of(Path folder, Map<String, Path> files, List<String> names) {
    return new NamedFeatures(
        folder,
        names,
        new Arrays() {
          @Override
          public boolean has(String name) {
            return files.containsKey(name);
          }

          @Override
          public <T> T with(String name, Use<T> use) {
            Path file = files.getOrDefault(name, folder);
            try (ArrayFile open = ArrayFiles.open(file)) {
              return use.of(ArrayFeatures.single(file, "", onlyArray(open)));
            }
          }
        });
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

  @Override
  public Path file() {
    return path;
  }

  @Override
  public String key() {
    return "";
  }

  @Override
  public int count() {
    return names.size();
  }

  @Override
  public int width() {
    return numbers.width();
  }

  @Override
  public boolean has(int segment) {
    return arrays.has(names.get(segment));
  }

  @Override
  public int steps(int segment) {
    return has(segment) ? arrays.with(names.get(segment), array -> array.steps(0)) : 0;
  }

  @Override
  public SegmentRows read(int segment) {
    return arrays.with(
        names.get(segment),
        array -> {
          if (array.width() != width()) {
            throw new FileException(
                array.file(),
                String.format(
                    Locale.ROOT,
                    "segment '%s' is %d wide, the first is %d",
                    names.get(segment),
                    array.width(),
                    width()));
          }
          return array.read(0);
        });
  }

  @Override
  public FileSummary.Numbers numbers() {
    return numbers;
  }
}
