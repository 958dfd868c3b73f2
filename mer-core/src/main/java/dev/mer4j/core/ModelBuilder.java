package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.seed.Seeds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a {@link MultimodalModel} is to be; the defaults are the published recipe's, but for
 * the labels.
 */
public final class ModelBuilder {
  private PerModality<Integer> inputs = PerModality.of();
  private int hidden = 128;
  private Fusion fusion = Fusion.concatenation();
  private int headHidden = 256;
  private double headDropout = 0.3;
  private LabelScheme labels = LabelScheme.MULTI_LABEL;
  private long seed;
  private @Nullable String backend;

  ModelBuilder() {}

  /** Lets the model read a modality that is {@code width} (D) features wide. */
  public ModelBuilder input(Modality modality, int width) {
    requirePresent("modality", modality);
    inputs = inputs.with(modality, width);
    return this;
  }

  /**
   * Lets the model read these modalities, such as {@code segments.widths()}.
   *
   * @throws ConfigException if there are none because {@code widths} is null
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

  /** H, the size of each direction of each encoder; 128 unless told. */
  public ModelBuilder hidden(int hidden) {
    this.hidden = hidden;
    return this;
  }

  /** How the modalities are joined; concatenation unless told. */
  public ModelBuilder fusion(Fusion fusion) {
    this.fusion = fusion;
    return this;
  }

  /** The width of the perceptron's hidden layer; 256 unless told. */
  public ModelBuilder headHidden(int width) {
    this.headHidden = width;
    return this;
  }

  /** The share of the hidden layer dropped in training; 0.3 unless told. */
  public ModelBuilder headDropout(double share) {
    this.headDropout = share;
    return this;
  }

  /** What the model predicts; several emotions at once unless told. */
  public ModelBuilder labels(LabelScheme labels) {
    this.labels = labels;
    return this;
  }

  /** Takes all that a configuration says, in place of what was told before. */
  public ModelBuilder config(ModelConfig config) {
    requirePresent("config", config);
    inputs = PerModality.of();
    return inputs(config.inputs())
        .hidden(config.hidden())
        .fusion(config.fusion())
        .headHidden(config.headHidden())
        .headDropout(config.headDropout())
        .labels(config.labels());
  }

  /** The seed of the first parameters; 0 unless told. */
  public ModelBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** The backend that runs the encoders; the best that can run the model here unless told. */
  public ModelBuilder backend(@Nullable String name) {
    this.backend = name;
    return this;
  }

  /**
   * Makes the model.
   *
   * @throws ConfigException naming every setting that cannot work
   */
  public MultimodalModel build() {
    ModelConfig config = new ModelConfig(inputs, hidden, fusion, headHidden, headDropout, labels);
    Backend runs = backend == null ? Backends.best(config.encoders()) : Backends.named(backend);
    return new MultimodalModel(config, runs, NetworkLayout.initialize(config, new Seeds(seed)));
  }

  private static void requirePresent(String setting, @Nullable Object value) {
    if (value == null) {
      throw new ConfigException("model: " + setting + " must not be null");
    }
  }
}
