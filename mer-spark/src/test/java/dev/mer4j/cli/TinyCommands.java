package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs commands in this process, on small data. */
final class TinyCommands {
  private TinyCommands() {}

  /** The result of a command. */
  record Result(int status, String out, String err) {}

  static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Mer.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  static Result succeed(Object... arguments) {
    Result result = run(arguments);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  /** Writes videos with short segments of narrow features. */
  static void write(Path data, int videos) {
    SyntheticMosei.builder()
        .videos(videos)
        .seed(3)
        .durationFactor(0.1)
        .width(Modality.TEXT, 12)
        .width(Modality.AUDIO, 8)
        .width(Modality.VISUAL, 14)
        .build()
        .write(data);
  }
}
