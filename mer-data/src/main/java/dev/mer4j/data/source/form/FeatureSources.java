package dev.mer4j.data.source.form;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.source.dataset.SplitFileSource;
import dev.mer4j.data.source.dataset.TableSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files of features of any form, which is told from their content, never from names. */
public final class FeatureSources {
  private FeatureSources() {}

  /**
   * Finds out what the files are.
   *
   * @param data a file with everything, or a folder
   * @throws FileException if nothing there can be read; the message says what was found
   */
  public static FeatureSource find(Path data, SourceOptions options) {
    if (Files.isRegularFile(data) && !CsdFolder.isHdf5(data)) {
      return SplitFileSource.open(data, options.labels(), options.arrays());
    }
    if (Files.isDirectory(data) && TableSource.fits(data)) {
      return TableSource.open(data, options.labels(), options.features(), options.arrays());
    }
    return new CsdSource(CsdFolder.find(data, options.labels(), options.features()));
  }
}
