package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code mer train} for more than one run. */
final class SweepOptions {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Train with N seeds, from --seed upwards, each in RUN/seed-S and a process of its own;"
              + " run again to finish what was interrupted.")
  private int seeds;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "Train each of the settings in FILE with these seeds, in RUN/NAME/seed-S, and compare"
              + " them with the first: a JSON object of names, each with what it changes of a"
              + " config.json, and \"preset\" or \"store\" (a file beside STORE) if these differ.")
  private @Nullable Path settings;

  @Option(
      names = "--test",
      description =
          "Also judge the models of --seeds and --settings on the test split, with all modalities"
              + " and with some missing. Nothing is chosen by it.")
  private boolean test;

  @Option(
      names = "--processes",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "How many runs of --seeds and --settings to train at once (${DEFAULT-VALUE}); the results"
              + " are the same.")
  private int processes;

  /**
   * Whether there is a table to make.
   *
   * @throws ConfigException if not, but there is an option that only a table needs
   */
  boolean asked() {
    boolean asked = seeds != 1 || settings != null;
    if (test && !asked) {
      throw new ConfigException("--test needs --seeds or --settings; see also mer evaluate");
    }
    return asked;
  }

  @Nullable Path settings() {
    return settings;
  }

  boolean test() {
    return test;
  }

  /**
   * How many seeds.
   *
   * @throws ConfigException if there are none
   */
  int seeds() {
    return atLeastOne("--seeds", seeds);
  }

  /**
   * How many runs at once.
   *
   * @throws ConfigException if there are none
   */
  int processes() {
    return atLeastOne("--processes", processes);
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ConfigException(
          String.format(Locale.ROOT, "%s must be at least 1: %d", option, value));
    }
    return value;
  }
}
