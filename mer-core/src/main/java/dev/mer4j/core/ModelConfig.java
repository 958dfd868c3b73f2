package dev.mer4j.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a model: its inputs, sizes, fusion and labels.
 *
 * @param inputs D of each modality that the model reads, each in [1, 65536]; at least one
 * @param hidden H of each direction of each encoder, in [1, 4096]
 * @param pooling how the steps of an encoder become the state of a modality
 * @param fusion how the encoder states are fused
 * @param headHidden width of the head's hidden layer, or of that of each term of additive fusion,
 *     in [1, 65536]
 * @param headDropout dropout probability of these hidden layers, in [0, 1)
 * @param labels what the model predicts
 * @param paddedBatch 0 if each sequence ends at its last step; otherwise sequences are padded with
 *     zeros to the longest of their batch and the encoders read the padding, as in the published
 *     recipe, and this is the number of segments that are predicted together, in order
 */
public record ModelConfig(
    PerModality<Integer> inputs,
    int hidden,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = OmitLast.class)
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        Pooling pooling,
    Fusion fusion,
    int headHidden,
    double headDropout,
    LabelSet labels,
    int paddedBatch) {

  public ModelConfig {
    List<String> problems = new ArrayList<>();
    checkPresent(problems, "pooling", pooling);
    checkPresent(problems, "fusion", fusion);
    checkPresent(problems, "labels", labels);
    if (inputs == null || inputs.isEmpty()) {
      problems.add("no modality has an input width");
    } else {
      inputs.forEach((modality, width) -> check(problems, modality.key() + " width", width, 65536));
      if (fusion instanceof Fusion.Attention && inputs.has(HeadParameters.RESERVED)) {
        problems.add(
            "attention cannot join a modality named "
                + HeadParameters.RESERVED
                + ", as its own score has the same parameter name");
      }
      if (fusion instanceof Fusion.Additive additive && additive.order() > inputs.size()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "additive fusion of order %d requires at least %d modalities; the model reads %s",
                additive.order(),
                additive.order(),
                ModalitySet.of(inputs.modalities())));
      }
    }
    check(problems, "hidden", hidden, 4096);
    check(problems, "head hidden", headHidden, 65536);
    if (!(headDropout >= 0 && headDropout < 1)) {
      problems.add("head dropout must be in [0, 1): " + headDropout);
    }
    if (paddedBatch < 0) {
      problems.add("padded batch must be at least 0: " + paddedBatch);
    }
    ConfigException.throwIfAny("model", problems);
    inputs = inputs.sorted();
  }

  /**
   * Reads the configuration of a model folder that {@link MultimodalModel#save} wrote, without its
   * parameters.
   *
   * @throws dev.mer4j.FileException if it cannot be read, or another version of mer4j wrote it
   */
  public static ModelConfig read(Path folder) {
    return ModelLoader.contents(folder.resolve(ModelFolder.CONFIG)).model();
  }

  /** Returns a builder with the sizes of the published recipe, and no inputs. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from this configuration. */
  public Builder toBuilder() {
    return new Builder()
        .inputs(inputs)
        .hidden(hidden)
        .pooling(pooling)
        .fusion(fusion)
        .headHidden(headHidden)
        .headDropout(headDropout)
        .labels(labels)
        .paddedBatch(paddedBatch);
  }

  /** Returns the sizes of the encoders. */
  public EncoderShape encoders() {
    return new EncoderShape(inputs, hidden, pooling);
  }

  /** Returns the sizes of the fusion head. */
  public HeadShape head() {
    return NetworkLayout.head(this);
  }

  /**
   * Returns the names and shapes of the model's parameters, in order.
   *
   * @throws ConfigException if they exceed an array
   */
  public List<ParameterView> parameters() {
    return NetworkLayout.of(this).views();
  }

  /** Returns the modalities that the model reads. */
  ModalitySet modalities() {
    return ModalitySet.of(inputs.modalities());
  }

  private static void checkPresent(List<String> problems, String what, @Nullable Object value) {
    if (value == null) {
      problems.add(what + " must not be null");
    }
  }

  private static void check(List<String> problems, String what, int value, int most) {
    if (value < 1 || value > most) {
      problems.add(String.format(Locale.ROOT, "%s must be in [1, %d]: %d", what, most, value));
    }
  }

  /** Gathers settings; {@link #build()} validates them. */
  public static final class Builder {
    private PerModality<Integer> inputs = PerModality.of();
    private int hidden = 128;
    private Pooling pooling = Pooling.LAST;
    private Fusion fusion = Fusion.concatenation();
    private int headHidden = 256;
    private double headDropout = 0.3;
    private LabelSet labels = LabelSet.MULTI_LABEL;
    private int paddedBatch;

    private Builder() {}

    /** See {@link ModelConfig#inputs()}. */
    public Builder inputs(PerModality<Integer> value) {
      inputs = value;
      return this;
    }

    /** See {@link ModelConfig#hidden()}. Defaults to 128. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** See {@link ModelConfig#pooling()}. Defaults to {@link Pooling#LAST}. */
    public Builder pooling(Pooling value) {
      pooling = value;
      return this;
    }

    /** See {@link ModelConfig#fusion()}. Defaults to concatenation. */
    public Builder fusion(Fusion value) {
      fusion = value;
      return this;
    }

    /** See {@link ModelConfig#headHidden()}. Defaults to 256. */
    public Builder headHidden(int value) {
      headHidden = value;
      return this;
    }

    /** See {@link ModelConfig#headDropout()}. Defaults to 0.3. */
    public Builder headDropout(double value) {
      headDropout = value;
      return this;
    }

    /** See {@link ModelConfig#labels()}. Defaults to {@link LabelSet#MULTI_LABEL}. */
    public Builder labels(LabelSet value) {
      labels = value;
      return this;
    }

    /** See {@link ModelConfig#paddedBatch()}. Defaults to 0. */
    public Builder paddedBatch(int value) {
      paddedBatch = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws ConfigException naming every invalid setting
     */
    public ModelConfig build() {
      return new ModelConfig(
          inputs, hidden, pooling, fusion, headHidden, headDropout, labels, paddedBatch);
    }
  }
}
