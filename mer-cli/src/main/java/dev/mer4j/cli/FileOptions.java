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

/** Options that name files which otherwise are looked for in a folder. */
final class FileOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels, if not to be looked for in DATA.")
  private @Nullable Path labels;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "The features of text, if not to be looked for in DATA.")
  private @Nullable Path text;

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "The features of audio, if not to be looked for in DATA.")
  private @Nullable Path audio;

  @Option(
      names = "--visual",
      paramLabel = "FILE",
      description = "The features of video, if not to be looked for in DATA.")
  private @Nullable Path visual;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Finds the files.
   *
   * @param data the folder to look in for those that no option names; null if that is all of them
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
