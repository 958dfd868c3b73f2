package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.Seeds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link MultimodalModel}. The defaults are those of the published recipe, except for the
 * labels.
 */
public final class ModelBuilder {
  private PerModality<Integer> inputs = PerModality.of();
  private ModelConfig.Builder settings = ModelConfig.builder();
  private long seed;
  private @Nullable String backend;

  ModelBuilder() {}

  /** Adds a modality with feature width {@code width} (D). */
  public ModelBuilder input(Modality modality, int width) {
    requirePresent("modality", modality);
    inputs = inputs.with(modality, width);
    return this;
  }

  /**
   * Adds modalities with their feature widths, such as {@code segments.widths()}.
   *
   * @throws ConfigException if {@code widths} is null
   */
  public ModelBuilder inputs(PerModality<Integer> widths) {
    requirePresent("inputs", widths);
    widths.forEach(this::input);
    return this;
  }

  /**
   * As {@link #inputs(PerModality)}, from a map.
   *
   * @throws ConfigException if {@code widths} or a width is null
   */
  public ModelBuilder inputs(Map<Modality, Integer> widths) {
    requirePresent("inputs", widths);
    return inputs(PerModality.of(widths));
  }

  /** Sets H, the hidden size of each direction of each encoder. Defaults to 128. */
  public ModelBuilder hidden(int hidden) {
    settings.hidden(hidden);
    return this;
  }

  /** Sets how the steps of an encoder become a state. Defaults to {@link Pooling#LAST}. */
  public ModelBuilder pooling(Pooling pooling) {
    settings.pooling(pooling);
    return this;
  }

  /** Sets how the modalities are fused. Defaults to concatenation. */
  public ModelBuilder fusion(Fusion fusion) {
    settings.fusion(fusion);
    return this;
  }

  /**
   * Sets the width of the head's hidden layer, or of that of each term of additive fusion. Defaults
   * to 256.
   */
  public ModelBuilder headHidden(int width) {
    settings.headHidden(width);
    return this;
  }

  /** Sets the dropout probability of the head's hidden layer. Defaults to 0.3. */
  public ModelBuilder headDropout(double probability) {
    settings.headDropout(probability);
    return this;
  }

  /** Sets what the model predicts. Defaults to multi-label: any number of emotions. */
  public ModelBuilder labels(LabelSet labels) {
    settings.labels(labels);
    return this;
  }

  /** Replaces all settings by those of a configuration. */
  public ModelBuilder config(ModelConfig config) {
    requirePresent("config", config);
    inputs = PerModality.of();
    settings = config.toBuilder();
    return inputs(config.inputs());
  }

  /** Sets the seed of the initial parameters. Defaults to 0. */
  public ModelBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets the backend that selected the encoders. Defaults to the preferred one that supports the
   * model on this machine.
   */
  public ModelBuilder backend(@Nullable String name) {
    this.backend = name;
    return this;
  }

  /**
   * Builds the model.
   *
   * @throws ConfigException naming every invalid setting
   */
  public MultimodalModel build() {
    ModelConfig config = settings.inputs(inputs).build();
    Backend selected = backend == null ? Backends.best(config.encoders()) : Backends.named(backend);
    return new MultimodalModel(config, selected, NetworkLayout.initialize(config, new Seeds(seed)));
  }

  private static void requirePresent(String setting, @Nullable Object value) {
    if (value == null) {
      throw new ConfigException("model: " + setting + " must not be null");
    }
  }
}
