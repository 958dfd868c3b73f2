package dev.mer4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A Python process that reads a file with h5py on request and times itself. */
final class H5py implements AutoCloseable {
  private final Path script;
  private final Process process;
  private final Writer requests;
  private final BufferedReader responses;

  H5py(Path script, Path file) throws IOException {
    this.script = script;
    process =
        new ProcessBuilder("python3", script.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter();
    responses = process.inputReader();
  }

  /** Reads the complete file and returns megabytes of values per second. */
  double read() throws IOException {
    requests.write("again\n");
    requests.flush();
    String response = responses.readLine();
    if (response == null) {
      throw new IOException(script + " ended without a result");
    }
    String[] words = response.split(" ", 2);
    return Long.parseLong(words[0]) / 1e6 / Double.parseDouble(words[1]);
  }

  /** Ends the process. */
  @Override
  public void close() throws IOException {
    requests.close();
    responses.close();
    process.destroy();
  }
}
