package dev.mer4j.cli;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Mixin private PreparationOptions preparation;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private @Nullable RawData raw;

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

  /**
   * Returns an output after checking that it is neither the data nor part of the run.
   *
   * @param data null for a store
   */
  OutputFile output(Path file, FileMark mark, @Nullable RawData data) {
    List<Path> inputs = data == null ? List.of(store) : data.folder().inputs();
    return folder().protectedFrom(OutputFile.of(file, mark).protecting(inputs));
  }

  /** Returns whether the data is not a store. */
  boolean isRaw() {
    return Files.exists(store) && !SegmentStore.isStore(store);
  }

  /** Returns the parameter STORE. */
  Path data() {
    return store;
  }

  /** Returns raw data and its options, to be prepared elsewhere, as {@link #raw} does. */
  RecordedPreparation recorded(Console console) {
    RawData raw = raw(console);
    return RecordedPreparation.of(
        store,
        files,
        raw.folder().foldsFile(),
        DataConfig.DEFAULT.with(raw.options(), false, false));
  }

  /** Returns the options of prepared rows as {@link RawData#options} does. */
  PrepareOptions options(Console console) {
    return RawData.options(console, RawData.config(console, folder()), preparation);
  }

  RunFolder folder() {
    return new RunFolder(run);
  }

  /** Returns the data as {@link RawData#of} does, which it calls once. */
  RawData raw(Console console) {
    if (raw == null) {
      raw = RawData.of(console, folder(), store, files, preparation);
    }
    return raw;
  }

  /**
   * Opens the store, or prepares the data, and reads the trained model. A note reports modalities
   * that only one of them has.
   *
   * @throws dev.mer4j.FileException if one of them does not exist or is corrupt
   */
  Opened open(Console console) {
    Opened opened = openWithoutNotes(console);
    ModalityNotes.print(
        console, opened.model().config(), opened.store().info().present().map(Integer::longValue));
    return opened;
  }

  /** Opens as {@link #open} does, without notes. */
  Opened openWithoutNotes(Console console) {
    TemporaryStore temporary = isRaw() ? TemporaryStore.of(raw(console)) : null;
    SegmentStore opened = temporary == null ? openStore() : temporary.store();
    try {
      MultimodalModel model = folder().load();
      return new Opened(folder(), opened, model, temporary);
    } catch (RuntimeException e) {
      if (temporary == null) {
        opened.close();
      } else {
        temporary.close();
      }
      throw e;
    }
  }

  private SegmentStore openStore() {
    requireNoPreparation();
    return SegmentStore.open(store);
  }

  /**
   * Checks that no options of a preparation are given, because the data is a store.
   *
   * @throws ParameterException if there are
   */
  void requireNoPreparation() {
    List<String> given = new ArrayList<>(files.given());
    given.addAll(preparation.given());
    requireNone(given, "the store is already prepared");
  }

  /**
   * Checks that no options of files are given, because the data names none.
   *
   * @throws ParameterException if there are
   */
  void requireNoFiles() {
    requireNone(files.given(), "Parquet has no such files");
  }

  private void requireNone(List<String> given, String reason) {
    if (!given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "%s: %s; these options apply to other data only",
              String.join(", ", given),
              reason));
    }
  }
}
