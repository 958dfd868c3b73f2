package dev.mer4j.benchmarks;

import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads complete {@code .csd} files with mer4j and h5py alternately, each in one thread, and prints
 * the rates. The first turns are warm-up, which also loads the file into the operating system's
 * cache. h5py runs in a separate process and times itself; mer4j reads as its preparation does, one
 * entry after another into the same memory.
 *
 * <p>Arguments: the script {@code h5py_read.py}, the number of turns, then files.
 */
public final class DataBenchmark {
  private static final int WARM_UP = 5;

  private DataBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path script = Path.of(args[0]);
    int turns = Integer.parseInt(args[1]);
    for (String file : Arrays.asList(args).subList(2, args.length)) {
      compare(script, turns, Path.of(file));
    }
  }

  private static void compare(Path script, int turns, Path file) throws IOException {
    double[] own = new double[turns];
    double[] peer = new double[turns];
    double[] ratios = new double[turns];
    try (H5py h5py = new H5py(script, file)) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        double ownRate = read(file);
        double peerRate = h5py.read();
        if (turn >= 0) {
          own[turn] = ownRate;
          peer[turn] = peerRate;
          ratios[turn] = ownRate / peerRate;
        }
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

  /** Reads the file and returns megabytes of values per second. */
  private static double read(Path file) {
    long start = System.nanoTime();
    long bytes = 0;
    try (CsdFile csd = CsdFile.open(file)) {
      for (String video : csd.videos()) {
        csd.release();
        CsdEntry entry = csd.read(video);
        Rows rows = entry.rows();
        int each = rows instanceof Rows.Floats ? Float.BYTES : Double.BYTES;
        bytes += (long) rows.count() * (rows.width() * each + 2 * Double.BYTES);
      }
    }
    return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
