package dev.mer4j.data.source.dataset;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.source.ModalitySelection;
import java.nio.file.Path;
import java.util.List;

/** Files without some of their modalities. */
record SelectedFiles(BlockFiles all, ModalitySelection selection) implements BlockFiles {
  @Override
  public PerModality<Path> features() {
    return selection.select(all.features());
  }

  @Override
  public List<Path> files() {
    return all.files();
  }

  @Override
  public OpenBlocks open() {
    OpenBlocks open = all.open();
    return new OpenBlocks(open.blocks().stream().map(selection::select).toList(), open.files());
  }
}
