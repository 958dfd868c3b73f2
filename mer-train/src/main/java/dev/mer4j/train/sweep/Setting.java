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
 * A named configuration of a sweep.
 *
 * @param name the name of its folder and of its row in tables: letters, digits, dots, hyphens and
 *     underscores
 * @param model the model configuration
 * @param training the training configuration; a {@link Sweep} replaces its seed
 */
public record Setting(String name, ModelConfig model, TrainerConfig training) {
  /** Valid names, which do not start with a dot. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  public Setting {
    requireName(name);
  }

  /**
   * Checks that a name is valid for a setting.
   *
   * @throws ConfigException if it is not a portable folder name
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "the name of a setting must be of letters, digits, dots, hyphens and underscores:"
                  + " '%s'",
              name));
    }
  }

  TrainerConfig training(long seed) {
    return training.toBuilder().seed(seed).build();
  }

  /**
   * Creates the model, with parameters initialized from the seed.
   *
   * @param backend the backend's name, or null for the best one that supports the model
   */
  public MultimodalModel newModel(@Nullable String backend, long seed) {
    ModelBuilder builder = MultimodalModel.builder().config(model).seed(seed);
    return backend == null ? builder.build() : builder.backend(backend).build();
  }
}
