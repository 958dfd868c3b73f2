package dev.mer4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.train.Preset;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The file of {@code mer train --settings}: a JSON object that maps each setting's name to its
 * changes.
 *
 * @param file the file
 * @param preset the preset of settings that name none
 * @param store the store the preset of settings that name none; other stores are in the same folder
 */
record SettingsFile(Path file, Preset preset, Path store) {
  /** The values that a setting may change. */
  private record Entry(
      String preset, String store, ModelConfig model, TrainerConfig training, String backend) {}

  /** Provides the values that a setting omits. */
  @FunctionalInterface
  interface Base {
    /** Returns all values of a preset on a store. */
    RunConfig of(Preset preset, Path store);
  }

  /**
   * Reads the settings, in the order of the file.
   *
   * @param folder the parent of the settings' folders
   * @throws FileException if the file cannot be read, has no setting, an unknown key or an invalid
   *     value
   */
  List<SweepSetting> read(Path folder, Base base) {
    List<SweepSetting> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : RunConfigFile.object(file).properties()) {
      String name = each.getKey();
      requireName(name);
      if (!(each.getValue() instanceof ObjectNode own)) {
        throw new FileException(file, name + " is not a JSON object of settings");
      }
      settings.add(setting(name, own, new RunFolder(folder.resolve(name)), base));
    }
    if (settings.isEmpty()) {
      throw new FileException(file, "has no setting");
    }
    return settings;
  }

  private void requireName(String name) {
    try {
      Setting.requireName(name);
    } catch (ConfigException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private SweepSetting setting(String name, ObjectNode own, RunFolder folder, Base base) {
    Preset from = own.has("preset") ? preset(name, own.get("preset").asText()) : preset;
    Path data = own.has("store") ? store.resolveSibling(own.get("store").asText()) : store;
    RunConfig config = base.of(from, data);
    Entry defaults =
        new Entry(from.key(), data.toString(), config.model(), config.training(), config.backend());
    Entry changed = RunConfigFile.overlay(file, name + ": ", own, defaults, Entry.class);
    RunConfig all = new RunConfig(changed.model(), changed.training(), changed.backend());
    return new SweepSetting(name, folder, data, all);
  }

  private Preset preset(String setting, String key) {
    try {
      return Preset.of(key);
    } catch (ConfigException e) {
      throw new FileException(file, setting + "." + e.getMessage(), e);
    }
  }
}
