package dev.mer4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A Python process that reads a file with h5py whenever it is asked to, and times itself. */
final class H5py implements AutoCloseable {
  private final Path script;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  H5py(Path script, Path file) throws IOException {
    this.script = script;
    process =
        new ProcessBuilder("python3", script.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter();
    answers = process.inputReader();
  }

  /** Reads the whole file; returns megabytes of numbers per second. */
  double read() throws IOException {
    requests.write("again\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(script + " failed");
    }
    String[] words = answer.split(" ", 2);
    return Long.parseLong(words[0]) / 1e6 / Double.parseDouble(words[1]);
  }

  /** Ends the process. */
  @Override
  public void close() throws IOException {
    requests.close();
    answers.close();
    process.destroy();
  }
}
