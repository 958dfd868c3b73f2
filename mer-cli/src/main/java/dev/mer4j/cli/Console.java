package dev.mer4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.mer4j.ConfigException;
import dev.mer4j.internal.json.IndentedJson;
import dev.mer4j.report.internal.table.TextTable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Writes a command's results and notes. */
final class Console {
  private static final ObjectMapper JSON =
      IndentedJson.mapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private final CommandSpec command;
  private final PrintWriter out;

  Console(CommandSpec command) {
    this.command = command;
    this.out = command.commandLine().getOut();
  }

  /** Writes a line, formatted with the root locale; arguments are escaped. */
  void line(String format, Object... arguments) {
    text(format(format, arguments) + "\n");
  }

  private static String format(String format, Object... arguments) {
    Object[] shown =
        Arrays.stream(arguments)
            .map(each -> each instanceof Number ? each : Printable.line(String.valueOf(each)))
            .toArray();
    return String.format(Locale.ROOT, format, shown);
  }

  /** Writes lines of text; terminal control characters are escaped. */
  void text(String text) {
    out.print(Printable.lines(text));
    out.flush();
  }

  /** Writes a table; control characters and line ends are escaped. */
  void table(List<String> header, List<List<String>> rows) {
    List<List<String>> shown =
        rows.stream().map(row -> row.stream().map(Printable::line).toList()).toList();
    text(new TextTable(header, shown).toText() + "\n");
  }

  /** Writes one JSON document. */
  void json(Object document) {
    try {
      text(JSON.writeValueAsString(document) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a note to standard error. */
  void note(String format, Object... arguments) {
    PrintWriter err = command.commandLine().getErr();
    err.println("mer: " + format(format, arguments));
    err.flush();
  }

  /**
   * Creates an object from the options.
   *
   * @throws ParameterException if the options are invalid
   */
  <T> T fromOptions(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (ConfigException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
