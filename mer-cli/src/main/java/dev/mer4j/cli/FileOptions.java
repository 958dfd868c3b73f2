package dev.mer4j.cli;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name data files explicitly. */
final class FileOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "File of labels. Defaults to the one found in DATA.")
  private @Nullable Path labels;

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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Finds the files.
   *
   * @param data the folder that is searched for files that no option names; null to search none
   */
  CsdFolder find(@Nullable Path data) {
    PerModality.Builder<Path> options = PerModality.builder();
    put(options, Modality.TEXT, text);
    put(options, Modality.AUDIO, audio);
    put(options, Modality.VISUAL, visual);
    PerModality<Path> given = options.build();
    if (data != null) {
      return CsdFolder.find(data, labels, given);
    }
    if (labels == null || given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "give DATA, the folder of the .csd files, or --labels and at least one of --text, --audio"
              + " and --visual");
    }
    return new CsdFolder(labels, given);
  }

  private static void put(PerModality.Builder<Path> given, Modality modality, @Nullable Path file) {
    if (file != null) {
      given.put(modality, file);
    }
  }
}
