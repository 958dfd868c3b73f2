package dev.mer4j.data.source.form;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.source.dataset.ArrayOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of files beside where they are.
 *
 * @param labels the file of labels; null to look for it
 * @param features files, or folders of files, that are not to be looked for
 * @param arrays how to read data sets of arrays
 */
public record SourceOptions(
    @Nullable Path labels, PerModality<Path> features, ArrayOptions arrays) {
  /** Nothing is known. */
  public static final SourceOptions NONE =
      new SourceOptions(null, PerModality.of(), ArrayOptions.DEFAULT);

  public SourceOptions {
    Objects.requireNonNull(features);
    Objects.requireNonNull(arrays);
  }
}
