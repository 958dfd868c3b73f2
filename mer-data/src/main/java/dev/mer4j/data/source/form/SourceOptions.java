package dev.mer4j.data.source.form;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.source.dataset.ArrayOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options for reading files.
 *
 * @param labels the file of labels; null to find it
 * @param features files, or folders of files, of modalities; the others are found
 * @param arrays how to read data sets of arrays
 */
public record SourceOptions(
    @Nullable Path labels, PerModality<Path> features, ArrayOptions arrays) {
  /** No options. */
  public static final SourceOptions NONE =
      new SourceOptions(null, PerModality.of(), ArrayOptions.DEFAULT);

  public SourceOptions {
    Objects.requireNonNull(features);
    Objects.requireNonNull(arrays);
  }
}
