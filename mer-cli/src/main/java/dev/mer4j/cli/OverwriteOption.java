package dev.mer4j.cli;

import picocli.CommandLine.Option;

/** The option of commands that write files named on the command line. */
final class OverwriteOption {
  @Option(
      names = "--overwrite",
      description =
          "Replace an existing file that mer did not write. Inputs and files of a run are never"
              + " replaced.")
  private boolean overwrite;

  boolean isAllowed() {
    return overwrite;
  }
}
