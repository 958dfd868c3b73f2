package dev.mer4j.data.source.form;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.source.dataset.SplitFileSource;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.source.dataset.TableSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files of features of any form, detected by content, never by name. */
public final class FeatureSources {
  private FeatureSources() {}

  /**
   * Finds out what the files are.
   *
   * @param data a file with everything, or a folder
   * @throws FileException if nothing there can be read; the message says what was found
   * @throws ConfigException if the options name columns, and the data has no table of segments
   */
  public static FeatureSource find(Path data, SourceOptions options) {
    if (Files.isDirectory(data) && TableSource.fits(data)) {
      return TableSource.open(data, options.labels(), options.features(), options.arrays());
    }
    if (!options.arrays().columns().equals(TableColumns.DEFAULT)) {
      throw new ConfigException(
          "--label-column, --group and --positive name columns of segments.csv: "
              + data
              + " is not a folder with such a table");
    }
    if (Files.isRegularFile(data) && !CsdFolder.isHdf5(data)) {
      return SplitFileSource.open(data, options.labels(), options.arrays());
    }
    return new CsdSource(CsdFolder.find(data, options.labels(), options.features()));
  }
}
