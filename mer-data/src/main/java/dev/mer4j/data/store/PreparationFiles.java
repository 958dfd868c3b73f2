package dev.mer4j.data.store;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a preparation. The widths of modalities are determined when they are first read. */
final class PreparationFiles {
  private final PreparationSettings settings;

  /** Knows the widths, also after it is closed; null before the files are first opened. */
  private @Nullable VideoPreparer first;

  PreparationFiles(PreparationSettings settings) {
    this.settings = settings;
  }

  PreparationSettings settings() {
    return settings;
  }

  /**
   * Opens the files for one thread.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all
   */
  synchronized VideoPreparer preparer() {
    VideoPreparer known = first;
    if (known == null) {
      try (VideoPreparer opened =
          VideoPreparer.open(settings.data(), settings.options(), settings.strict())) {
        known = opened;
        first = opened;
      }
    }
    return known.reopen(settings.strict());
  }

  /**
   * Opens the files.
   *
   * @param threads that read them
   * @throws dev.mer4j.FileException if a file cannot be used at all, or if an id of a fold matches
   *     several videos
   * @throws dev.mer4j.MerException if a split has no video
   */
  OpenedPreparation open(int threads) {
    List<VideoPreparer> preparers = new ArrayList<>();
    try {
      while (preparers.size() < threads) {
        preparers.add(preparer());
      }
    } catch (RuntimeException e) {
      OpenedPreparation.closeAll(preparers, e);
      throw e;
    }
    return new OpenedPreparation(settings.data(), settings.options(), settings.folds(), preparers);
  }

  /** Returns the records that identify the files. */
  List<StoreInfo.Source> sources() {
    return Sources.of(settings.data(), settings.sha256());
  }

  /** Returns the output, which then never replaces the files. */
  OutputFile protectedFrom(OutputFile store) {
    return store.protecting(settings.data().files());
  }

  /** Returns a writer of a store with the modalities of the files. */
  StoreWriter writer(FileChannel channel) throws IOException {
    return new StoreWriter(channel, settings.options().precision(), modalities());
  }

  /** Returns an empty index of a store with the modalities of the files. */
  StoreIndex index() {
    return new StoreIndex(modalities());
  }

  private ModalitySet modalities() {
    return ModalitySet.of(settings.data().features().modalities());
  }
}
