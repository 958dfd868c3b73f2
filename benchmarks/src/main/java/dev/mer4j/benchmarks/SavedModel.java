package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A temporary folder with an untrained model of the recipe's size and the fusion and pooling of
 * preset {@code robust}.
 */
record SavedModel(Path folder) {
  /** Writes a model. */
  static SavedModel create() throws IOException {
    Path folder = Files.createTempDirectory("mer4j-model");
    write(folder);
    return new SavedModel(folder);
  }

  /** Writes a model in a JVM of its own. */
  static SavedModel createInAnotherProcess() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("mer4j-model");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SavedModel.class.getName(),
            folder.toString());
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("writing the model failed with exit status " + status);
    }
    return new SavedModel(folder);
  }

  /**
   * Writes a model.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) {
    write(Path.of(arguments[0]));
  }

  private static void write(Path folder) {
    try (MultimodalModel model =
        Recipe.model().fusion(Fusion.additive(2)).pooling(Pooling.ATTENTION).build()) {
      model.save(folder, Provenance.UNKNOWN);
    }
  }

  /** Returns noise of {@code steps} steps of every modality. */
  static Map<Modality, float[][]> features(int steps) {
    SeedStream noise = new Seeds(1).stream("noise");
    Map<Modality, float[][]> features = new LinkedHashMap<>();
    Recipe.WIDTHS.forEach(
        (modality, width) -> {
          float[][] rows = new float[steps][width];
          for (float[] row : rows) {
            for (int d = 0; d < width; d++) {
              row[d] = (float) noise.nextGaussian();
            }
          }
          features.put(modality, rows);
        });
    return features;
  }

  /** Deletes the folder. */
  void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
