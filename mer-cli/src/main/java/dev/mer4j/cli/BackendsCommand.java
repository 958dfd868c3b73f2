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

/** The {@code mer backends} command. */
@Command(
    name = "backends",
    description =
        "List the compute backends, and the reason for each one that is unavailable on"
            + " this machine. With additive fusion and attention-sum, backends on a GPU run the"
            + " fusion head on the host.")
class BackendsCommand implements Runnable {
  /** The command's former name. */
  @Command(name = "engines", hidden = true)
  static final class Former extends BackendsCommand {}

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Console console = new Console(spec);
    List<List<String>> rows = new ArrayList<>();
    boolean preferred = true;
    List<Backend> backends = Backends.all();
    List<Optional<String>> reasons =
        backends.parallelStream().map(Backends::unavailableReason).toList();
    for (int i = 0; i < backends.size(); i++) {
      Backend backend = backends.get(i);
      boolean first = preferred;
      String status =
          reasons
              .get(i)
              .map(reason -> "unavailable: " + reason)
              .orElseGet(() -> works(backend, first));
      rows.add(List.of(backend.name(), status));
      preferred &= reasons.get(i).isPresent();
    }
    console.table(List.of("backend", "status"), rows);
  }

  private static String works(Backend backend, boolean first) {
    if (backend.priority() < 0) {
      return String.format(
          Locale.ROOT,
          "available, selected by name only; results within %.0e of exact" + " ones",
          backend.tolerance());
    }
    return first ? "available, the default" : "available";
  }
}
