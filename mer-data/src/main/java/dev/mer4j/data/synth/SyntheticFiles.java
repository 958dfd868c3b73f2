package dev.mer4j.data.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.OutputFolder;
import dev.mer4j.internal.json.IndentedJson;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The files of a synthetic data set.
 *
 * @param folder the folder of all files
 * @param overwrite whether files that this program did not write may be replaced
 */
record SyntheticFiles(Path folder, boolean overwrite) {
  static final String README =
      """
      Synthetic files in the shape of CMU-MOSEI, written by mer4j.
      No person was recorded: the features are noise with a planted signal, described in truth.json.
      """;

  private static final PerModality<String> FEATURES =
      PerModality.of(
          Modality.TEXT, "CMU_MOSEI_TimestampedWordVectors.csd",
          Modality.AUDIO, "CMU_MOSEI_COVAREP.csd",
          Modality.VISUAL, "CMU_MOSEI_VisualOpenFace2.csd");
  private static final PerModality<String> ROOTS =
      PerModality.of(
          Modality.TEXT, "glove_vectors",
          Modality.AUDIO, "COVAREP",
          Modality.VISUAL, "OpenFace_2");
  private static final FileMark README_MARK =
      FileMark.startsWith(README.substring(0, README.indexOf('\n')));
  private static final FileMark TRUTH_MARK =
      FileMark.json(List.of("seed", "videos", "nuisance", "separation"))
          .or(FileMark.json(List.of("seed", "videos", "family", "bound")));

  OutputFile labels() {
    return output("CMU_MOSEI_Labels.csd", CsdWriter.MARK);
  }

  OutputFile features(Modality modality) {
    return output(FEATURES.get(modality), CsdWriter.MARK);
  }

  void writeLabels(CsdLayout layout, Consumer<CsdWriter> content) {
    write(labels(), layout, "All Labels", content);
  }

  void writeFeatures(Modality modality, CsdLayout layout, Consumer<CsdWriter> content) {
    write(features(modality), layout, ROOTS.get(modality), content);
  }

  private static void write(
      OutputFile file, CsdLayout layout, String root, Consumer<CsdWriter> content) {
    Map<String, String> metadata =
        Map.of(
            "root name", "\"" + root + "\"",
            "creator", "\"mer4j\"",
            "dataset name", "\"synthetic, in the shape of CMU-MOSEI\"");
    CsdWriter.write(file, layout, root, metadata, content);
  }

  OutputFolder folds() {
    return OutputFolder.of(folder.resolve(SyntheticMosei.FOLDS)).overwriting(overwrite);
  }

  OutputFile truth() {
    return output("truth.json", TRUTH_MARK);
  }

  void writeTruth(Map<String, Object> truth) {
    try {
      truth().write(IndentedJson.mapper().writeValueAsString(truth));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  OutputFile readme() {
    return output("README.txt", README_MARK);
  }

  /**
   * Checks that all files may be written.
   *
   * @throws dev.mer4j.FileException if one may not
   */
  void require(Collection<Modality> modalities, Collection<String> folds) {
    labels().require();
    modalities.forEach(modality -> features(modality).require());
    folds().require(folds);
    truth().require();
    readme().require();
  }

  private OutputFile output(String name, FileMark mark) {
    return OutputFile.of(folder.resolve(name), mark).overwriting(overwrite);
  }
}
