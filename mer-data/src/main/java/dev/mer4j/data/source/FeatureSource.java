package dev.mer4j.data.source;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of features and labels in some form. It has no open files: {@link #open} opens them, once
 * for each thread.
 */
public interface FeatureSource {
  /** Returns the form, such as {@code folder of .csd files}. */
  String form();

  /** Returns the file that lists the segments, which messages about them name. */
  Path labels();

  /** Returns the file, or folder of files, of each modality. */
  PerModality<Path> features();

  /** Returns the modalities that {@link #only} left out. */
  List<Modality> omitted();

  /** Returns the labels of the data set. Defaults to those of CMU-MOSEI. */
  default List<Emotion> emotions() {
    return Emotion.MOSEI;
  }

  /** Returns all files that are read, each once, those of the labels first. */
  List<Path> files();

  /** Returns the other files of the folder, which are not read. */
  List<SkippedFile> skipped();

  /** Returns notes about other omissions and assumptions. */
  default List<SourceNote> notes() {
    return List.of();
  }

  /**
   * Returns the splits that the files themselves define, by the names of {@link
   * SourceReader#videos}; {@link Folds#none} if they define none.
   */
  default Folds folds() {
    return Folds.none();
  }

  /**
   * Returns a source without the other modalities, which are not read.
   *
   * @throws ConfigException if this source lacks one of the selected modalities
   */
  FeatureSource only(ModalitySet selected);

  /**
   * Opens the files.
   *
   * @param faults handles parts of files that cannot be used
   * @throws FileException if a file cannot be used at all
   */
  SourceReader open(SampleUnit unit, FaultPolicy faults);

  /**
   * Describes the files: the labels and then each modality.
   *
   * @throws FileException if a file cannot be used at all
   */
  List<FileSummary> summaries();
}
