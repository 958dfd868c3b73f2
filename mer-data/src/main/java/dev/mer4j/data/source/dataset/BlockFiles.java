package dev.mer4j.data.source.dataset;

import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.List;

/** Files that hold the features of blocks of segments. */
interface BlockFiles {
  /** Returns the file, or folder of files, of each modality. */
  PerModality<Path> features();

  /** Returns all files. */
  List<Path> files();

  /** Opens them. */
  OpenBlocks open();
}
