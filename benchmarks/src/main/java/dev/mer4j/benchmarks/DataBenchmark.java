package dev.mer4j.benchmarks;

import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads whole {@code .csd} files with mer4j and with h5py, in turns, each in one thread, and prints
 * the rates. The files come from the cache of the operating system after the first turn, which does
 * not count. h5py starts in a process of its own and times itself.
 *
 * <p>Arguments: the script {@code h5py_read.py}, how many turns, then files.
 */
public final class DataBenchmark {
  private DataBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path script = Path.of(args[0]);
    int turns = Integer.parseInt(args[1]);
    for (String file : Arrays.asList(args).subList(2, args.length)) {
      compare(script, turns, Path.of(file));
    }
  }

  private static void compare(Path script, int turns, Path file)
      throws IOException, InterruptedException {
    double[] own = new double[turns];
    double[] peer = new double[turns];
    double[] ratios = new double[turns];
    for (int turn = -1; turn < turns; turn++) {
      double mine = read(file);
      double theirs = readWithH5py(script, file);
      if (turn >= 0) {
        own[turn] = mine;
        peer[turn] = theirs;
        ratios[turn] = mine / theirs;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: mer4j %.0f MB/s, h5py %.0f MB/s, ratio %.2f (%.2f to %.2f in %d turns)%n",
        file.getFileName(),
        median(own),
        median(peer),
        median(ratios),
        Arrays.stream(ratios).min().orElse(0),
        Arrays.stream(ratios).max().orElse(0),
        turns);
  }

  /** Returns megabytes of numbers per second. */
  private static double read(Path file) {
    long began = System.nanoTime();
    long bytes = 0;
    try (CsdFile csd = CsdFile.open(file)) {
      for (String video : csd.videos()) {
        CsdEntry entry = csd.read(video);
        Rows rows = entry.rows();
        int each = rows instanceof Rows.Floats ? Float.BYTES : Double.BYTES;
        bytes += (long) rows.count() * (rows.width() * each + 2 * Double.BYTES);
      }
    }
    return bytes / 1e6 / ((System.nanoTime() - began) / 1e9);
  }

  private static double readWithH5py(Path script, Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("python3", script.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] words =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ", 2);
    if (process.waitFor() != 0) {
      throw new IOException(script + " failed");
    }
    return Long.parseLong(words[0]) / 1e6 / Double.parseDouble(words[1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
