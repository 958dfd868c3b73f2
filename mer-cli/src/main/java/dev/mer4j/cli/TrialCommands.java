package dev.mer4j.cli;

import dev.mer4j.MerException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.sweep.TrialRunner;
import dev.mer4j.train.sweep.TrialTask;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Runs trials of a sweep as {@code mer train} in the calling JVM, on any machine that shares the
 * file system.
 *
 * @param commands the arguments of each setting, without those of the trial
 */
record TrialCommands(TreeMap<String, ArrayList<String>> commands) implements TrialRunner {
  private static final String FIRST_LINE = "# mer ";

  /**
   * Creates a runner.
   *
   * @param settings by name
   * @param stepLog whether to write a line per step
   */
  static TrialCommands of(Map<String, SweepSetting> settings, boolean stepLog) {
    TreeMap<String, ArrayList<String>> commands = new TreeMap<>();
    settings.forEach(
        (name, setting) -> {
          ArrayList<String> command = new ArrayList<>();
          command.addAll(List.of("train", absolute(setting.store()), "--resume"));
          command.addAll(List.of("--config", absolute(setting.folder().config())));
          if (stepLog) {
            command.add("--step-log");
          }
          commands.put(name, command);
        });
    return new TrialCommands(commands);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  @Override
  public boolean train(TrialTask task, int threads) {
    List<String> arguments = new ArrayList<>(Objects.requireNonNull(commands.get(task.setting())));
    arguments.addAll(List.of("--out", task.folder(), "--seed", Long.toString(task.seed())));
    arguments.addAll(List.of("--threads", Integer.toString(threads)));
    String[] command = arguments.toArray(String[]::new);
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    int status = Mer.commandLine(command).setOut(writer).setErr(writer).execute(command);
    Path log = RunFolder.of(task).log();
    OutputFile.of(log, FileMark.startsWith(FIRST_LINE))
        .write(FIRST_LINE + String.join(" ", command) + "\n" + text);
    if (status != CommandLine.ExitCode.OK) {
      List<String> lines = text.toString().lines().toList();
      throw new MerException(
          log + ": failed: " + (lines.isEmpty() ? "" : lines.get(lines.size() - 1)));
    }
    return Files.isDirectory(task.model());
  }
}
