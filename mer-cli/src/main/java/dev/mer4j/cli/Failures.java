package dev.mer4j.cli;

import dev.mer4j.MerException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a failure as one line on standard error and an exit status. */
final class Failures {
  private final Mer mer;

  Failures(Mer mer) {
    this.mer = mer;
  }

  /** Runs the parsed command. */
  int execute(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    try {
      int status = new RunLast().execute(parsed);
      return status == ExitCode.OK && line.getOut().checkError() ? outputLost(line) : status;
    } catch (ParameterException e) {
      throw e;
    } catch (CommandLine.ExecutionException e) {
      return failed(line, e.getCause() == null ? e : e.getCause());
    } catch (Error e) {
      return failed(line, e);
    }
  }

  private static int outputLost(CommandLine line) {
    PrintWriter err = line.getErr();
    err.println("mer: standard output is closed or full; some of the output is lost");
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private int failed(CommandLine line, Throwable failure) {
    PrintWriter err = line.getErr();
    err.println("mer: " + oneLine(describe(failure)));
    if (mer.verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static String describe(Throwable failure) {
    if (failure instanceof MerException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof InvalidPathException) {
      return "not the name of a file: " + failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return String.format(
          Locale.ROOT,
          "out of memory (%s); raise the limit, for example with MER_OPTS=-Xmx4g",
          failure.getMessage());
    }
    return String.format(
        Locale.ROOT, "unexpected error: %s; run with --verbose for the stack" + " trace", failure);
  }

  /** Reports invalid arguments. */
  int wrongUsage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("mer: " + oneLine(String.valueOf(failure.getMessage())));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("mer: see " + line.getCommandSpec().qualifiedName() + " --help");
    if (mer.verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.USAGE;
  }

  private static String oneLine(String message) {
    return Printable.line(message.strip().replaceAll("\\s*\\R\\s*", "; "));
  }
}
