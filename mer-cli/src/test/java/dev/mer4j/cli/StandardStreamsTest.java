package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands write to the terminal, or to a pipe in its place. */
class StandardStreamsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    TinyData.write(folder);
  }

  @Test
  void closedStandardOutputIsAFailure() {
    StringWriter err = new StringWriter();
    PrintWriter full = new PrintWriter(new FullStream(), false, StandardCharsets.UTF_8);
    CommandLine line = Mer.commandLine().setOut(full).setErr(new PrintWriter(err));

    int status = line.execute("inspect", folder.toString(), "--json");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("mer: standard output is closed or full; some of the output is lost\n");
  }

  @Test
  void escapesTerminalControlCharacters() {
    Cli failed = Cli.run("show", folder, "\u001b[2J\u202e\u009bx[0]");
    Cli missing = Cli.run("inspect", folder.resolve("\u001b]0;title\u0007"));

    assertFailed(failed, "\\u001b[2J\\u202e\\u009bx");
    assertThat(missing.err()).contains("\\u001b]0;title\\u0007").doesNotContain("\u001b");
    assertThat(Printable.lines("a\tb\nc\r\u007f\ud800")).isEqualTo("a\tb\nc\\u000d\\u007f\\ud800");
    assertThat(Printable.line("Grüße, 漢字 😀\n")).isEqualTo("Grüße, 漢字 😀\\u000a");
  }

  private static void assertFailed(Cli failed, String... reasons) {
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(reasons).startsWith("mer: ").containsOnlyOnce("\n");
  }

  private static final class FullStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
