package dev.mer4j.cli;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mer engines}. */
@Command(
    name = "engines",
    description = "List the engines that can run the encoders, and why some cannot run here.")
final class EnginesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<List<String>> rows = new ArrayList<>();
    boolean preferred = true;
    for (EncoderEngine engine : EncoderEngines.all()) {
      Optional<String> why = EncoderEngines.whyUnavailable(engine);
      boolean first = preferred;
      String says =
          why.map(reason -> "cannot run: " + reason).orElseGet(() -> works(engine, first));
      rows.add(List.of(engine.name(), says));
      preferred &= why.isPresent();
    }
    console.table(List.of("engine", "status"), rows);
  }

  private static String works(EncoderEngine engine, boolean first) {
    if (engine.preference() < 0) {
      return String.format(
          Locale.ROOT, "works if asked for, within %.0e of exact results", engine.tolerance());
    }
    return first ? "works, used unless another is asked for" : "works";
  }
}
