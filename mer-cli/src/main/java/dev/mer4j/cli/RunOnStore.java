package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The parameters RUN and STORE. */
final class RunOnStore {
  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run, written by train.")
  private Path run;

  @Parameters(index = "1", paramLabel = "STORE", description = "Store written by prepare.")
  private Path store;

  /** The opened model and store. */
  record Opened(RunFolder folder, SegmentStore store, MultimodalModel model)
      implements AutoCloseable {
    @Override
    public void close() {
      try (store) {
        model.close();
      }
    }
  }

  /** Returns an output after checking that it is neither the store nor part of the run. */
  OutputFile output(Path file, FileMark mark) {
    return new RunFolder(run).protectedFrom(OutputFile.of(file, mark).protecting(List.of(store)));
  }

  /**
   * Opens the store and reads the trained model.
   *
   * @throws dev.mer4j.FileException if one of them does not exist or is corrupt
   */
  Opened open() {
    RunFolder folder = new RunFolder(run);
    SegmentStore opened = SegmentStore.open(store);
    try {
      return new Opened(folder, opened, folder.load());
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }
}
