package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code mer train} for several runs. */
final class SweepOptions {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Train with N consecutive seeds from --seed, each in a separate process and in"
              + " RUN/seed-S. Run the command again to continue after an interruption.")
  private int seeds;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "Train each setting in FILE with these seeds, in RUN/NAME/seed-S, and compare it with"
              + " the first one. FILE is a JSON object that maps each setting's name to its changes"
              + " of a config.json; \"preset\" and \"store\" (a file in the folder of STORE) are"
              + " optional.")
  private @Nullable Path settings;

  @Option(
      names = "--test",
      description =
          "Also evaluate the models of --seeds and --settings on the test split, with all"
              + " modalities and with missing ones. The results do not affect model selection.")
  private boolean test;

  @Option(
      names = "--processes",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Number of runs of --seeds and --settings that train at the same time. Defaults to"
              + " ${DEFAULT-VALUE}. The results do not depend on it.")
  private int processes;

  /**
   * Returns whether several runs are requested.
   *
   * @param cluster whether they run on a cluster
   * @throws ConfigException if an option applies to several runs only, but one is requested, or to
   *     this machine only, but they run on a cluster
   */
  boolean isRequested(boolean cluster) {
    boolean requested = seeds != 1 || settings != null;
    if (cluster && !requested) {
      throw new ConfigException(
          "--spark needs --seeds or --settings; one model is trained on one machine");
    }
    if (cluster && processes != 1) {
      throw new ConfigException(
          "--processes applies to this machine; with --spark, the executors' cores decide");
    }
    if (test && !requested) {
      throw new ConfigException("--test needs --seeds or --settings; see also mer evaluate");
    }
    return requested;
  }

  @Nullable Path settings() {
    return settings;
  }

  boolean test() {
    return test;
  }

  /**
   * Returns the number of seeds.
   *
   * @throws ConfigException if the number is below 1
   */
  int seeds() {
    return atLeastOne("--seeds", seeds);
  }

  /**
   * Returns the number of concurrent runs.
   *
   * @throws ConfigException if the number is below 1
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
