package dev.mer4j.data.source.dataset;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.source.array.ArrayFile;
import java.util.List;

/**
 * The features of open files.
 *
 * @param files closed with this
 */
record OpenBlocks(List<PerModality<SegmentFeatures>> blocks, List<ArrayFile> files)
    implements AutoCloseable {
  @Override
  public void close() {
    files.forEach(ArrayFile::close);
  }
}
