package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.WholeFile;
import dev.mer4j.train.Cancellation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code mer} in subprocesses. On shutdown it stops them, starts no others, and waits until
 * they have saved their work.
 */
final class Subprocesses implements AutoCloseable {
  /** Start of a log's first line, before the command; it marks a log that may be replaced. */
  private static final String FIRST_LINE = "# mer ";

  private static final FileMark LOG_MARK = FileMark.startsWith(FIRST_LINE);

  private static final int POLL_MILLIS = 200;

  private final Set<Process> running = new HashSet<>();
  private final Thread hook = new Thread(this::end, "subprocesses");
  private boolean over;

  Subprocesses() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Runs a command and waits for it.
   *
   * @param log the file that receives its output
   * @param cancellation stops the process, as an interrupt of the thread does
   * @return false if it was cancelled
   * @throws FileException if the process fails; the message has the last line of the log
   */
  boolean run(List<String> arguments, Path log, Cancellation cancellation)
      throws InterruptedException {
    Process process = start(arguments, log);
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (cancellation.isCancelled()) {
          process.destroy();
        }
      }
    } catch (InterruptedException e) {
      process.destroy();
      process.onExit().join();
      throw e;
    } finally {
      synchronized (running) {
        running.remove(process);
      }
    }
    if (cancellation.isCancelled()) {
      return false;
    }
    if (process.exitValue() != 0) {
      throw new FileException(log, "failed: " + lastLine(log));
    }
    return true;
  }

  private Process start(List<String> arguments, Path log) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-D" + Progress.WATCHED))
        .forEach(command::add);
    command.add("-D" + Interruption.ENDS_WITH_PARENT + "=true");
    String threads = System.getProperty(ThreadBudget.PROPERTY);
    if (threads != null) {
      command.add("-D" + ThreadBudget.PROPERTY + "=" + threads);
    }
    command.addAll(mainClass());
    command.addAll(arguments);
    synchronized (running) {
      if (over) {
        throw new MerException("stopped; run the command again to continue");
      }
      try {
        OutputFile.of(log, LOG_MARK).write(FIRST_LINE + String.join(" ", arguments) + "\n");
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        running.add(process);
        return process;
      } catch (IOException e) {
        throw new FileException(log, "cannot start a process: " + IoReason.of(e), e);
      }
    }
  }

  /** Returns the options that name the main class; those of the module path are input arguments. */
  private static List<String> mainClass() {
    Module module = Mer.class.getModule();
    return module.isNamed()
        ? List.of("--module", module.getName() + "/" + Mer.class.getName())
        : List.of("--class-path", System.getProperty("java.class.path"), Mer.class.getName());
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = WholeFile.lines(log);
      return lines.size() < 2 ? "it printed nothing" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "its output cannot be read: " + IoReason.of(e);
    }
  }

  private void end() {
    List<Process> left;
    synchronized (running) {
      over = true;
      left = List.copyOf(running);
    }
    left.forEach(Process::destroy);
    left.forEach(process -> process.onExit().join());
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown hook is running: the program is about to exit.
    }
  }
}
