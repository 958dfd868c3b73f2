package dev.mer4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.ModelImport;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of an imported state dict, a JSON file with the keys of a run's {@code
 * config.json}; omitted settings have their defaults.
 *
 * @param model must name {@code inputs} and {@code labels}
 * @param thresholds of each label; empty for one half
 */
record ImportConfig(ModelConfig model, List<Double> thresholds) {
  private static final ImportConfig DEFAULTS =
      new ImportConfig(
          ModelConfig.builder().inputs(PerModality.of(Modality.TEXT, 1)).build(), List.of());

  ImportConfig {
    thresholds = List.copyOf(thresholds);
  }

  /**
   * Reads a model from tensors and a configuration, either those that export wrote or those of a
   * state dict.
   *
   * @throws FileException if a file is missing or invalid, or the tensors do not fit the
   *     configuration
   */
  static MultimodalModel read(Path tensors, Path config) {
    ObjectNode settings = RunConfigFile.object(config);
    return settings.has("format")
        ? ModelImport.exported(tensors, config)
        : stateDict(tensors, config, settings);
  }

  private static MultimodalModel stateDict(Path tensors, Path config, ObjectNode settings) {
    requireNamed(config, settings, "/model/inputs");
    requireNamed(config, settings, "/model/labels/labels");
    ImportConfig own = RunConfigFile.overlay(config, "", settings, DEFAULTS, ImportConfig.class);
    requireOrder(config, settings, own.model());
    try {
      return own.model(tensors);
    } catch (ConfigException e) {
      throw new FileException(config, String.valueOf(e.getMessage()), e);
    }
  }

  private MultimodalModel model(Path tensors) {
    MultimodalModel imported = ModelImport.stateDict(tensors, model);
    try {
      if (!thresholds.isEmpty()) {
        imported.setThresholds(new Thresholds(thresholds));
      }
      return imported;
    } catch (ConfigException e) {
      imported.close();
      throw e;
    }
  }

  /**
   * Checks that the modalities are in the order in which the model concatenates their states, which
   * may not be the module's.
   */
  private static void requireOrder(Path config, ObjectNode settings, ModelConfig model) {
    List<String> given = new ArrayList<>();
    settings.at("/model/inputs").fieldNames().forEachRemaining(given::add);
    List<String> expected = model.inputs().modalities().stream().map(Modality::key).toList();
    if (!given.equals(expected)) {
      throw new FileException(
          config,
          "model.inputs must be in the order "
              + String.join(", ", expected)
              + ", in which states are concatenated; reorder the columns of the module's linear"
              + " layers accordingly");
    }
  }

  private static void requireNamed(Path config, JsonNode settings, String setting) {
    if (settings.at(setting).isMissingNode()) {
      throw new FileException(
          config, "lacks the setting " + setting.substring(1).replace('/', '.'));
    }
  }
}
