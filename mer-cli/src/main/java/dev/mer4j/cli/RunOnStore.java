package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The parameters RUN and STORE. */
final class RunOnStore {
  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run, written by train.")
  private Path run;

  @Parameters(
      index = "1",
      paramLabel = "STORE",
      description = "Store written by prepare, or data as for prepare.")
  private Path store;

  @Mixin private FileOptions files;

  /**
   * The opened model and store.
   *
   * @param temporary the holder of the store if the data are raw; otherwise null
   */
  record Opened(
      RunFolder folder,
      SegmentStore store,
      MultimodalModel model,
      @Nullable TemporaryStore temporary)
      implements AutoCloseable {
    @Override
    public void close() {
      try (store) {
        model.close();
      } finally {
        if (temporary != null) {
          temporary.close();
        }
      }
    }
  }

  /** Returns an output after checking that it is neither the store nor part of the run. */
  OutputFile output(Path file, FileMark mark) {
    return new RunFolder(run)
        .protectedFrom(OutputFile.of(file, mark).protecting(isRaw() ? inputs() : List.of(store)));
  }

  private boolean isRaw() {
    return Files.exists(store) && !SegmentStore.isStore(store);
  }

  private List<Path> inputs() {
    return DataFolder.of(store, files, null).inputs();
  }

  /**
   * Opens the store, or prepares the data, and reads the trained model.
   *
   * @throws dev.mer4j.FileException if one of them does not exist or is corrupt
   */
  Opened open() {
    RunFolder folder = new RunFolder(run);
    TemporaryStore temporary =
        isRaw() ? TemporaryStore.of(DataFolder.of(store, files, null)) : null;
    SegmentStore opened = temporary == null ? SegmentStore.open(store) : temporary.store();
    try {
      return new Opened(folder, opened, folder.load(), temporary);
    } catch (RuntimeException e) {
      if (temporary == null) {
        opened.close();
      } else {
        temporary.close();
      }
      throw e;
    }
  }
}
