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
    MultimodalModel model = ModelImport.stateDict(tensors, own.model());
    try {
      if (!own.thresholds().isEmpty()) {
        model.setThresholds(new Thresholds(own.thresholds()));
      }
      return model;
    } catch (ConfigException e) {
      model.close();
      throw new FileException(config, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireNamed(Path config, JsonNode settings, String setting) {
    if (settings.at(setting).isMissingNode()) {
      throw new FileException(
          config, "lacks the setting " + setting.substring(1).replace('/', '.'));
    }
  }
}
