package dev.mer4j.cli;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import java.util.ArrayList;
import java.util.List;
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
    List<List<String>> rows = new ArrayList<>();
    boolean preferred = true;
    for (EncoderEngine engine : EncoderEngines.all()) {
      Optional<String> why = engine.whyUnavailable();
      String works = preferred ? "works, used unless another is asked for" : "works";
      rows.add(List.of(engine.name(), why.map(reason -> "cannot run: " + reason).orElse(works)));
      preferred &= why.isPresent();
    }
    Console console = new Console(spec);
    rows.forEach(row -> console.line("%-10s %s", row.get(0), row.get(1)));
  }
}
