package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the files of modalities. */
final class ModalityFiles {
  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "File of text features. Defaults to the one found in DATA.")
  private @Nullable Path text;

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "File of audio features. Defaults to the one found in DATA.")
  private @Nullable Path audio;

  @Option(
      names = "--visual",
      paramLabel = "FILE",
      description = "File of visual features. Defaults to the one found in DATA.")
  private @Nullable Path visual;

  @Option(
      names = "--modality",
      paramLabel = "NAME=FILE",
      description =
          "The features of a modality, a file or a folder, if not to be looked for in DATA;"
              + " repeatable.")
  private Map<String, Path> modalities = new LinkedHashMap<>();

  /** Returns the names of the given options. */
  List<String> given() {
    List<String> names = new ArrayList<>();
    OptionLists.addIf(text != null, "--text", names);
    OptionLists.addIf(audio != null, "--audio", names);
    OptionLists.addIf(visual != null, "--visual", names);
    OptionLists.addIf(!modalities.isEmpty(), "--modality", names);
    return names;
  }

  /**
   * Returns the file of each modality that an option gives.
   *
   * @throws ConfigException if two options give the same modality, or a name is none
   */
  PerModality<Path> all() {
    PerModality.Builder<Path> options = PerModality.builder();
    put(options, Modality.TEXT, text);
    put(options, Modality.AUDIO, audio);
    put(options, Modality.VISUAL, visual);
    return withModalities(options.build());
  }

  private PerModality<Path> withModalities(PerModality<Path> options) {
    PerModality<Path> all = options;
    for (Map.Entry<String, Path> entry : modalities.entrySet()) {
      Modality modality = Modality.of(entry.getKey());
      if (all.has(modality)) {
        throw new ConfigException("two files for " + modality.key() + "; give one");
      }
      all = all.with(modality, entry.getValue());
    }
    return all;
  }

  private static void put(PerModality.Builder<Path> given, Modality modality, @Nullable Path file) {
    if (file != null) {
      given.put(modality, file);
    }
  }

  /**
   * Adds the files of modalities that no option gives.
   *
   * @param files by the modality's key
   * @param paths converts the files' texts
   */
  void defaultTo(Map<String, String> files, DataPaths paths) {
    Map<String, Path> all = new LinkedHashMap<>();
    files.forEach((modality, path) -> all.put(modality, paths.path(path)));
    all().forEach((modality, path) -> all.put(modality.key(), path));
    text = null;
    audio = null;
    visual = null;
    modalities = all;
  }
}
