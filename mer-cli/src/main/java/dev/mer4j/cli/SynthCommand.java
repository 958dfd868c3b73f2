package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.synth.Family;
import dev.mer4j.data.synth.FamilyData;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.eval.baseline.FamilyBound;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code mer synth} command. */
@Command(
    name = "synth",
    description =
        "Write synthetic CMU-MOSEI-like .csd files with folds, to try the other commands on, or a"
            + " family with a known bound of macro-F1, to compare models on.")
final class SynthCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Output folder.")
  private Path folder;

  @Option(
      names = "--family",
      paramLabel = "NAME",
      description =
          "Write a synthetic family, such as interaction, with short sequences and without faults;"
              + " truth.json has the bound. See docs/ablation.md.")
  private @Nullable String family;

  @Option(
      names = "--videos",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Number of videos, each with 7 segments and 8 MB on average; 4 segments and 19 kB in a"
              + " family. Defaults to ${DEFAULT-VALUE}.")
  private int videos;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of all random numbers. Defaults to ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--pace",
      paramLabel = "X",
      defaultValue = "1",
      description = "Factor on the durations of the real data set. Defaults to ${DEFAULT-VALUE}.")
  private double pace;

  @Option(
      names = "--layout",
      paramLabel = "contiguous|gzip",
      defaultValue = "contiguous",
      description = "HDF5 storage layout. Defaults to ${DEFAULT-VALUE}.")
  private CsdLayout layout;

  @Mixin private OverwriteOption overwriting;

  @Override
  public void run() {
    Console console = new Console(spec);
    if (family != null) {
      writeFamily(console, console.fromOptions(this::generateFamily));
      return;
    }
    SyntheticMosei.Builder settings =
        SyntheticMosei.builder()
            .videos(videos)
            .seed(seed)
            .durationFactor(pace)
            .layout(layout)
            .overwrite(overwriting.isAllowed());
    write(console, settings, folder);
  }

  private FamilyData generateFamily() {
    if (spec.commandLine().getParseResult().hasMatchedOption("--pace")) {
      throw new ConfigException("--pace does not apply to a family");
    }
    return FamilyData.generate(Family.of(String.valueOf(family)), seed, videos);
  }

  private void writeFamily(Console console, FamilyData data) {
    data.write(folder, layout, overwriting.isAllowed(), FamilyBound.macroF1(data));
    printLocations(console, folder);
  }

  /** Writes the files and prints their locations. */
  static void write(Console console, SyntheticMosei.Builder settings, Path folder) {
    try (Progress progress = new Progress("writing", "entries")) {
      SyntheticMosei synthetic =
          console.fromOptions(() -> settings.progress(progress::update).build());
      synthetic.write(folder);
    }
    printLocations(console, folder);
  }

  private static void printLocations(Console console, Path folder) {
    console.line("synthetic files: %s", folder);
    console.line("folds:           %s", folder.resolve(SyntheticMosei.FOLDS));
  }
}
