package dev.mer4j.cli;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mer backends}. */
@Command(
    name = "backends",
    description = "List the backends that can run the encoders, and why some cannot run here.")
class BackendsCommand implements Runnable {
  /** The name that the command had before. */
  @Command(name = "engines", hidden = true)
  static final class Former extends BackendsCommand {}

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<List<String>> rows = new ArrayList<>();
    boolean preferred = true;
    for (Backend backend : Backends.all()) {
      Optional<String> why = Backends.unavailableReason(backend);
      boolean first = preferred;
      String says =
          why.map(reason -> "cannot run: " + reason).orElseGet(() -> works(backend, first));
      rows.add(List.of(backend.name(), says));
      preferred &= why.isPresent();
    }
    console.table(List.of("backend", "status"), rows);
  }

  private static String works(Backend backend, boolean first) {
    if (backend.priority() < 0) {
      return String.format(
          Locale.ROOT, "works if asked for, within %.0e of exact results", backend.tolerance());
    }
    return first ? "works, used unless another is asked for" : "works";
  }
}
