package dev.mer4j.cli;

import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name files which otherwise are found. */
final class FileOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels, if they are not to be looked for in DATA.")
  private @Nullable Path labels;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "The features of text, if they are not to be looked for in DATA.")
  private @Nullable Path text;

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "The features of audio, if they are not to be looked for in DATA.")
  private @Nullable Path audio;

  @Option(
      names = "--visual",
      paramLabel = "FILE",
      description = "The features of video, if they are not to be looked for in DATA.")
  private @Nullable Path visual;

  CsdFolder find(Path data) {
    Map<Modality, Path> given = new EnumMap<>(Modality.class);
    put(given, Modality.TEXT, text);
    put(given, Modality.AUDIO, audio);
    put(given, Modality.VISUAL, visual);
    return CsdFolder.find(data, labels, given);
  }

  private static void put(Map<Modality, Path> given, Modality modality, @Nullable Path file) {
    if (file != null) {
      given.put(modality, file);
    }
  }
}
