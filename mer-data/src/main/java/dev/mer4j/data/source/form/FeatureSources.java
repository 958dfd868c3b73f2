package dev.mer4j.data.source.form;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.source.dataset.ArrayFileSource;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.source.dataset.TableSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files of features of any form, detected by content, never by name. */
public final class FeatureSources {
  private FeatureSources() {}

  /**
   * Determines the form of the files and opens them.
   *
   * @param data a file of all data, or a folder
   * @throws FileException if they have no supported form; the message describes the content
   * @throws ConfigException if the options name columns, and the data has no table of segments
   */
  public static FeatureSource find(Path data, SourceOptions options) {
    Path labels = options.labels();
    if (Files.isDirectory(data)) {
      boolean given = labels != null && TableSource.isTable(labels);
      Path table = given ? labels : TableSource.table(data);
      if (table != null) {
        return TableSource.open(
            data, table, given ? null : labels, options.features(), options.arrays());
      }
    }
    TableColumns columns = options.arrays().columns();
    boolean arrays = Files.isRegularFile(data) && !CsdFolder.isHdf5(data);
    if (columns.group() != null || columns.positive() != null) {
      throw new ConfigException(
          "--group and --positive apply to columns of segments.csv: "
              + data
              + " is not a folder with such a table");
    }
    if (options.arrays().minConfidence() > 0) {
      throw new ConfigException(
          "--min-confidence applies to tables of times beside segments.csv: "
              + data
              + " is not a folder with such a table");
    }
    if (!arrays && !columns.labels().isEmpty()) {
      throw new ConfigException(
          "--label-column applies to segments.csv and to files of arrays, not to " + data);
    }
    if (arrays) {
      return ArrayFileSource.open(data, labels, options.arrays());
    }
    return new CsdSource(CsdFolder.find(data, labels, options.features()));
  }
}
