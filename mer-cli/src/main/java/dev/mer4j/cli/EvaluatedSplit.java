package dev.mer4j.cli;

import dev.mer4j.data.Split;
import picocli.CommandLine.Option;

/** The split that models are judged on. */
final class EvaluatedSplit {
  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      defaultValue = "test",
      description = "Which segments (${DEFAULT-VALUE}).")
  private Split split;

  Split get() {
    return split;
  }
}
