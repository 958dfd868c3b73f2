package dev.mer4j.train.sweep;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.train.TrainerConfig;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way to train.
 *
 * @param name of its folder and its row in tables: letters, digits, dots, hyphens and underscores
 * @param model what is trained
 * @param training how; a {@link Sweep} replaces its seed
 */
public record Setting(String name, ModelConfig model, TrainerConfig training) {
  /** None begins with a dot. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  public Setting {
    requireName(name);
  }

  /**
   * Makes sure that a setting may have this name.
   *
   * @throws ConfigException if it cannot be a folder's name everywhere
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "the name of a setting must be of letters, digits, dots, hyphens and underscores: '%s'",
              name));
    }
  }

  TrainerConfig training(long seed) {
    return training.toBuilder().seed(seed).build();
  }

  /**
   * Makes the model, with the first parameters that the seed gives.
   *
   * @param backend its name; null for the best that can run the model
   */
  MultimodalModel newModel(@Nullable String backend, long seed) {
    ModelBuilder builder = MultimodalModel.builder().config(model).seed(seed);
    return backend == null ? builder.build() : builder.backend(backend).build();
  }
}
