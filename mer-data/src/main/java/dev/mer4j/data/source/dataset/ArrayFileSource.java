package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.detect.ArrayFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file with everything: pickles of MMSA, MulT, MultiBench and conv-emotion, and what CARAT's
 * torch saved.
 */
public final class ArrayFileSource {
  private ArrayFileSource() {}

  /**
   * Reads all but the features.
   *
   * @param labels a computational sequence whose emotions are joined by the sentiments; null if
   *     those of the file count
   * @throws FileException if the file is of another form, or its parts do not match each other
   */
  public static ArraySource open(Path file, @Nullable Path labels, ArrayOptions options) {
    LabelNames names = new LabelNames(options.columns().labels());
    try (ArrayFile open = ArrayFiles.open(file)) {
      ArrayDataset data =
          ConversationFile.fits(open.root())
              ? ConversationSource.dataset(open, names)
              : SplitFileSource.dataset(open, names);
      return new ArraySource(labels == null ? data : data.joinedWith(labels), options);
    }
  }
}
