package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows in an array [T, D] for each segment, found by its name: keys of a file, or files. */
final class NamedFeatures implements SegmentFeatures {
  private static final int NAMES_SHOWN = 5;

  private final Path path;
  private final List<String> names;
  private final NamedArrays arrays;
  private final FileSummary.Numbers numbers;

  /**
   * Reads the first array that can be read.
   *
   * @param path the file, or the folder of files
   * @param names of the segments
   * @throws FileException if there is none
   */
  NamedFeatures(Path path, List<String> names, NamedArrays arrays) {
    this.path = path;
    this.names = names;
    this.arrays = arrays;
    @Nullable FileException fault = null;
    FileSummary.@Nullable Numbers found = null;
    for (int i = 0; i < names.size() && found == null; i++) {
      try {
        if (steps(i) > 0) {
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
                  "has nothing by the name of one of the %,d segments, the first of which is '%s'; it"
                      + " has %s",
                  names.size(),
                  names.isEmpty() ? "" : names.get(0),
                  arrays.names().stream().limit(NAMES_SHOWN).toList()));
    }
    numbers = found;
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
          if (array.steps(0) > 0 && array.width() != width()) {
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
  public int failedRows(List<Integer> segments) {
    return segments.stream().map(names::get).mapToInt(arrays::failedRows).sum();
  }

  @Override
  public FileSummary.Numbers numbers() {
    return numbers;
  }
}
