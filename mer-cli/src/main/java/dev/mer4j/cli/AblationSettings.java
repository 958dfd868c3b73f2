package dev.mer4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.train.Preset;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings file of an ablation: a JSON object of named changes of a {@code config.json}. The
 * first setting changes the preset {@code robust}, the others change the first.
 */
record AblationSettings(Path file) {
  /** The values that a setting may change. */
  private record Values(ModelConfig model, TrainerConfig training) {}

  /**
   * Reads the settings for data of these widths and labels, in the order of the file.
   *
   * @throws FileException if the file cannot be read, has no setting, an unknown key or an invalid
   *     value
   */
  List<Setting> read(PerModality<Integer> widths, List<Emotion> labels) {
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : RunConfigFile.object(file).properties()) {
      String name = each.getKey();
      if (!(each.getValue() instanceof ObjectNode own)) {
        throw new FileException(file, name + " is not a JSON object of settings");
      }
      Values base =
          settings.isEmpty()
              ? new Values(Preset.ROBUST.model(widths, labels), Preset.ROBUST.trainer())
              : new Values(settings.get(0).model(), settings.get(0).training());
      Values values = RunConfigFile.overlay(file, name + ": ", own, base, Values.class);
      settings.add(setting(name, values));
    }
    if (settings.isEmpty()) {
      throw new FileException(file, "has no setting");
    }
    return settings;
  }

  /** Returns the names of the settings, in the order of the file. */
  List<String> names() {
    return RunConfigFile.object(file).properties().stream().map(Map.Entry::getKey).toList();
  }

  private Setting setting(String name, Values values) {
    try {
      return new Setting(name, values.model(), values.training());
    } catch (ConfigException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }
}
