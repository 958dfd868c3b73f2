package dev.mer4j.cli;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --available}. */
final class AvailableOption {
  @Option(
      names = "--available",
      paramLabel = "text,audio,visual",
      converter = Converters.OfModalities.class,
      description = "Modalities that the model may use, such as text,audio. Defaults to all.")
  private @Nullable ModalitySet available;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Returns the modalities that a model may use.
   *
   * @throws ParameterException if it does not read all of them, but some
   */
  ModalitySet of(ModelConfig model) {
    ModalitySet read = ModalitySet.of(model.inputs().modalities());
    ModalitySet given = available == null ? read : available;
    List<String> unread =
        given.toList().stream().filter(each -> !read.contains(each)).map(Modality::key).toList();
    if (!unread.isEmpty() && !given.and(read).isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "--available %s: the model reads %s",
              String.join(",", unread),
              String.join(",", read.toList().stream().map(Modality::key).toList())));
    }
    return given;
  }
}
