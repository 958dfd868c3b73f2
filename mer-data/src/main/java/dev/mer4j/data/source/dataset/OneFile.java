package dev.mer4j.data.source.dataset;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.detect.ArrayFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A single file with all blocks, whose structure is read at every opening.
 *
 * @param reader returns the features of each block of the open file
 */
record OneFile(
    Path file,
    PerModality<Path> features,
    Function<ArrayFile, List<PerModality<SegmentFeatures>>> reader)
    implements BlockFiles {
  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public OpenBlocks open() {
    ArrayFile open = ArrayFiles.open(file);
    try {
      return new OpenBlocks(reader.apply(open), List.of(open));
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }
}
