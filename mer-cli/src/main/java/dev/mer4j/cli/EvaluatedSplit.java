package dev.mer4j.cli;

import dev.mer4j.data.Split;
import picocli.CommandLine.Option;

/** The option for the split that models are evaluated on. */
final class EvaluatedSplit {
  @Option(
      names = "--split",
      paramLabel = "train|valid|test|none",
      defaultValue = "test",
      description = "Split to evaluate on. Defaults to ${DEFAULT-VALUE}.")
  private Split split;

  Split get() {
    return split;
  }
}
