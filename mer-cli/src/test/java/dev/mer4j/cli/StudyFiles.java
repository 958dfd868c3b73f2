package dev.mer4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small folder with a table of segments, own labels, and modalities of any name. */
final class StudyFiles {
  private static final int SEGMENTS = 24;
  private static final String[] SPLITS = {"train", "valid", "test"};

  /** Options that all differ from the defaults. */
  static final List<Object> OPTIONS =
      List.of(
          "--steps",
          4,
          "--truncate",
          "pool",
          "--precision",
          "float16",
          "--trim-zero-rows",
          "--label-column",
          "calm,tense",
          "--positive",
          ">= 2",
          "--group",
          "speaker");

  private StudyFiles() {}

  /** Writes {@code segments.csv}, {@code arrays/gaze.npy} and {@code arrays/pulse.npy}. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("arrays"));
    List<String> table = new ArrayList<>(List.of("id,speaker,split,calm,tense"));
    for (int i = 0; i < SEGMENTS; i++) {
      table.add(
          String.format(
              Locale.ROOT, "s%d,p%d,%s,%d,%d", i, i % 6, SPLITS[i % 3], i % 4, 3 - i % 4));
    }
    Files.write(folder.resolve("segments.csv"), table);
    NpyFile.write(folder.resolve("arrays/gaze.npy"), SEGMENTS, 9, 3);
    NpyFile.write(folder.resolve("arrays/pulse.npy"), SEGMENTS, 9, 1);
    return folder;
  }

  /** Returns the arguments of {@code prepare}, with further ones. */
  static Object[] prepare(Path data, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("prepare", data));
    for (String modality : List.of("gaze", "pulse")) {
      arguments.add("--modality");
      arguments.add(modality + "=" + data.resolve("arrays").resolve(modality + ".npy"));
    }
    arguments.addAll(OPTIONS);
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }
}
