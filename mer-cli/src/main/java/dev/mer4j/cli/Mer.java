package dev.mer4j.cli;

import dev.mer4j.core.internal.cpu.ThreadBudget;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code mer}. */
@Command(
    name = "mer",
    description = "Multimodal emotion recognition on CMU-MOSEI, robust to missing modalities.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Mer.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 invalid usage.",
      "Arguments that start with a hyphen follow --: mer show DATA -- '-abc[0]'."
    })
public final class Mer {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          SynthCommand.class,
          InspectCommand.class,
          ShowCommand.class,
          PrepareCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          MissingBenchmarkCommand.class,
          MissingMasksCommand.class,
          MissingScoreCommand.class,
          PredictCommand.class,
          ScoreCommand.class,
          ExplainCommand.class,
          CompareCommand.class,
          AblateCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          BackendsCommand.class,
          BackendsCommand.Former.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  boolean verbose;

  @Option(
      names = "--threads",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Number of compute threads. Defaults to the number of cores.")
  void threads(int count) {
    if (count < 1 || count > ThreadBudget.MOST) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "--threads must be a number from 1 to %d: %d",
              ThreadBudget.MOST,
              count));
    }
    System.setProperty(ThreadBudget.PROPERTY, Integer.toString(count));
  }

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    // ND4J logs to standard output, which is reserved for results.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.exit(commandLine(args).setOut(out).execute(args));
  }

  /** Returns the parser of a command line; its output can be sent elsewhere. */
  static CommandLine commandLine(String... args) {
    Mer mer = new Mer();
    CommandLine line = new CommandLine(mer);
    commands(args).forEach(line::addSubcommand);
    Failures failures = new Failures(mer);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(failures::execute)
        .setParameterExceptionHandler(failures::wrongUsage);
  }

  /**
   * Returns the commands to parse: the one that the first argument names, none for the version, or
   * all. Creating the parsers of all takes a third of the time of a short command.
   */
  private static List<Class<?>> commands(String... args) {
    String first = args.length > 0 ? args[0] : "";
    if (first.equals("--version") || first.equals("-V")) {
      return List.of();
    }
    for (Class<?> command : COMMANDS) {
      if (command.getAnnotation(Command.class).name().equals(first)) {
        return List.of(command);
      }
    }
    return COMMANDS;
  }

  /** Provides the version from the module's descriptor, or else from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Module module = Mer.class.getModule();
      Optional<String> version =
          module.isNamed()
              ? module.getDescriptor().rawVersion()
              : Optional.ofNullable(Mer.class.getPackage().getImplementationVersion());
      return new String[] {"mer " + version.orElse("(not from a jar)")};
    }
  }
}
