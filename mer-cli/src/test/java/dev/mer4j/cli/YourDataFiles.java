package dev.mer4j.cli;

import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Small files in place of those that {@code docs/your-data.md} names. */
final class YourDataFiles {
  static final String MELD_COLUMNS = "id,dialogue,split,emotion";
  static final String CLIP_COLUMNS = "video,start,end,split,calm,tense";
  static final String STUDY_COLUMNS = "id,split,mood";

  private static final Path FORMS = Path.of("../mer-data/src/test/resources/sources/forms.zip");
  private static final String[] SPLITS = {"train", "valid", "test"};
  private static final String[] EMOTIONS = {
    "neutral", "joy", "surprise", "anger", "sadness", "fear", "disgust"
  };

  private final Path folder;

  private YourDataFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the files, and returns them by the names of the page. */
  static Map<String, Path> write(Path folder) throws IOException {
    YourDataFiles files = new YourDataFiles(folder);
    Map<String, Path> named = new LinkedHashMap<>();
    files.unpackForms();
    named.put("aligned_50.pkl", folder.resolve("mmsa.pkl"));
    named.put("CMU_MOSEI_Labels.csd", files.labels());
    named.put("MELD_features_raw1.pkl", folder.resolve("meld.pkl"));
    named.put("meld-folds", files.folds("meld-folds", "1038 1039", "1040", "1041"));
    Path mertools = folder.resolve("mertools");
    named.put("mer2023", mertools);
    for (String feature : List.of("bert-UTT", "wav2vec-FRA")) {
      named.put("mer2023/features/" + feature, mertools.resolve("features").resolve(feature));
    }
    String[] samples = new String[9];
    Arrays.setAll(samples, i -> "sample_0000" + i);
    List<String> all = List.of(samples);
    named.put(
        "mer-folds",
        files.folds(
            "mer-folds",
            String.join(" ", all.subList(0, 6)),
            samples[6],
            String.join(" ", all.subList(7, 9))));
    named.put("meld", files.meld());
    named.put("clips", files.clips());
    Path study = files.study();
    named.put("study", study);
    named.put("study/gaze.npy", study.resolve("gaze.npy"));
    named.put("study/pulse.npy", study.resolve("pulse.npy"));
    named.put("new-clips", files.newClips());
    return named;
  }

  /** Writes the ids of train, valid and test. */
  private Path folds(String name, String... ids) throws IOException {
    Path folds = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < SPLITS.length; i++) {
      Files.writeString(folds.resolve(SPLITS[i] + ".txt"), ids[i].replace(' ', '\n'));
    }
    return folds;
  }

  private void unpackForms() throws IOException {
    try (InputStream forms = Files.newInputStream(FORMS);
        ZipInputStream zip = new ZipInputStream(forms)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  /** Writes sentiment and emotions of the synthetic segments as a computational sequence. */
  private Path labels() throws IOException {
    Map<String, List<double[]>> videos = new LinkedHashMap<>();
    List<String> table = Files.readAllLines(folder.resolve("npy/segments.csv"));
    for (String line : table.subList(1, table.size())) {
      String[] cells = line.split(",", -1);
      double[] row = Arrays.stream(cells).skip(5).mapToDouble(Double::parseDouble).toArray();
      videos.computeIfAbsent(cells[1], unseen -> new ArrayList<>()).add(row);
    }
    Path file = folder.resolve("labels.csd");
    CsdWriter.write(
        file,
        "All Labels",
        Map.of(),
        writer -> videos.forEach((video, rows) -> writer.put(entry(video, rows))));
    return file;
  }

  private static CsdEntry entry(String video, List<double[]> rows) {
    double[] intervals = new double[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      intervals[2 * i] = 10 * i;
      intervals[2 * i + 1] = 10 * i + 9;
    }
    double[] values = rows.stream().flatMapToDouble(Arrays::stream).toArray();
    return new CsdEntry(video, intervals, new Rows.Doubles(7, values));
  }

  private Path meld() throws IOException {
    int segments = 42;
    Path data =
        table(
            "meld",
            MELD_COLUMNS,
            segments,
            i -> "d%d[%d],d%1$d,%s,%s".formatted(i / 2, i % 2, SPLITS[i / 2 % 3], EMOTIONS[i % 7]));
    NpyFile.write(data.resolve("text.npy"), segments, 5);
    NpyFile.write(data.resolve("audio.npy"), segments, 4, 2);
    return data;
  }

  /** Moves the synthetic tables of times to a folder, with other labels. */
  private Path clips() throws IOException {
    String[] segments = {
      "a,0,9,train", "a,10,19,train", "b,0,9,train", "c,0,9,valid", "d,0,9,test"
    };
    Path data =
        table(
            "clips",
            CLIP_COLUMNS,
            segments.length,
            i -> "%s,%d,%d".formatted(segments[i], i % 4, 3 - i % 4));
    for (String modality : List.of("audio", "visual")) {
      Files.move(folder.resolve("tables").resolve(modality), data.resolve(modality));
    }
    return data;
  }

  private Path study() throws IOException {
    Path data =
        table(
            "study",
            STUDY_COLUMNS,
            12,
            i -> "s%d,%s,%s".formatted(i, SPLITS[i % 3], i / 3 % 2 == 0 ? "low" : "high"));
    NpyFile.write(data.resolve("gaze.npy"), 12, 5, 3);
    NpyFile.write(data.resolve("pulse.npy"), 12, 4, 2);
    return data;
  }

  private Path newClips() throws IOException {
    Path data = table("new-clips", "id", 3, i -> "n" + i);
    NpyFile.write(data.resolve("text.npy"), 3, 5);
    return data;
  }

  private Path table(String name, String columns, int rows, IntFunction<String> row)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(columns));
    for (int i = 0; i < rows; i++) {
      lines.add(row.apply(i));
    }
    Path data = Files.createDirectory(folder.resolve(name));
    Files.write(data.resolve("segments.csv"), lines);
    return data;
  }
}
