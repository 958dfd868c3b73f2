package dev.mer4j.benchmarks;

import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes labels and features of very many short videos, to measure the cost per entry.
 *
 * <p>Arguments: a folder and the number of videos.
 */
public final class ManyEntries {
  private static final int WIDTH = 74;
  private static final int ROWS = 20;
  private static final double SECONDS = 0.25;

  private ManyEntries() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int videos = Integer.parseInt(args[1]);
    write(folder.resolve("labels.csd"), "All Labels", videos, ManyEntries::labels);
    write(folder.resolve("audio.csd"), "COVAREP", videos, ManyEntries::audio);
  }

  /** Creates a random entry. */
  private interface Maker {
    CsdEntry make(String video, SeedStream draws);
  }

  private static void write(Path file, String root, int videos, Maker maker) {
    Seeds seeds = new Seeds(1);
    CsdWriter.write(
        file,
        root,
        Map.of(),
        writer -> {
          for (int v = 0; v < videos; v++) {
            writer.put(maker.make("v" + v, seeds.stream(root).at(v)));
          }
        });
  }

  private static CsdEntry labels(String video, SeedStream draws) {
    double[] scores = {0, draws.nextInt(4), 0, draws.nextInt(4), 0, 0, 0};
    return new CsdEntry(video, new double[] {0, ROWS * SECONDS}, new Rows.Doubles(7, scores));
  }

  private static CsdEntry audio(String video, SeedStream draws) {
    double[] intervals = new double[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      intervals[2 * row] = row * SECONDS;
      intervals[2 * row + 1] = (row + 1) * SECONDS;
    }
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return new CsdEntry(video, intervals, new Rows.Floats(WIDTH, values));
  }
}
