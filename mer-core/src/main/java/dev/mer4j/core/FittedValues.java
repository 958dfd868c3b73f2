package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.batch.Standardization;
import java.util.Locale;
import java.util.Optional;

/** What is fitted to data beside a model's parameters. Setters check that it fits the model. */
final class FittedValues {
  private final ModelConfig config;
  private volatile Standardization standardization;
  private volatile Thresholds thresholds;
  private volatile Optional<Temperatures> temperatures = Optional.empty();
  private volatile TermMeans termMeans = TermMeans.UNKNOWN;

  /** Creates the values of a model that is not fitted yet. */
  FittedValues(ModelConfig config) {
    this.config = config;
    standardization = Standardization.identity(config.inputs());
    thresholds = Thresholds.half(config.labels().classCount());
  }

  Standardization standardization() {
    return standardization;
  }

  void setStandardization(Standardization fitted) {
    requireWidths(fitted);
    standardization = fitted;
  }

  /**
   * Sets the standardization of a training that starts, and forgets what depends on the parameters,
   * which it changes, except the thresholds.
   */
  void trainingStarted(Standardization fitted) {
    setStandardization(fitted);
    temperatures = Optional.empty();
    termMeans = TermMeans.UNKNOWN;
  }

  /**
   * Checks the widths of a standardization.
   *
   * @throws ConfigException if they differ from the model's
   */
  void requireWidths(Standardization fitted) {
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              int columns =
                  fitted.columns().find(modality).map(Standardization.Columns::width).orElse(0);
              if (columns != width) {
                throw new ConfigException(
                    String.format(
                        Locale.ROOT,
                        "standardization of %s has %d columns, the model reads %d",
                        modality.key(),
                        columns,
                        width));
              }
            });
  }

  Thresholds thresholds() {
    return thresholds;
  }

  void setThresholds(Thresholds fitted) {
    fitted.requireClasses(config.labels());
    thresholds = fitted;
  }

  Optional<Temperatures> temperatures() {
    return temperatures;
  }

  void setTemperatures(Temperatures fitted) {
    fitted.requireClasses(config.labels());
    temperatures = Optional.of(fitted);
  }

  TermMeans termMeans() {
    return termMeans;
  }

  void setTermMeans(TermMeans means) {
    means.requireTerms(config);
    termMeans = means;
  }
}
