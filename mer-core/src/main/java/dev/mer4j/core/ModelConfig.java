package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a model: its inputs, sizes, fusion and labels.
 *
 * @param inputs D of each modality that the model reads, each in [1, 65536]; at least one
 * @param hidden H of each direction of each encoder, in [1, 4096]
 * @param fusion how the encoder states are fused
 * @param headHidden width of the head's hidden layer, or of that of each term of additive fusion,
 *     in [1, 65536]
 * @param headDropout dropout probability of these hidden layers, in [0, 1)
 * @param labels what the model predicts
 */
public record ModelConfig(
    PerModality<Integer> inputs,
    int hidden,
    Fusion fusion,
    int headHidden,
    double headDropout,
    LabelSet labels) {

  public ModelConfig {
    List<String> problems = new ArrayList<>();
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
    ConfigException.throwIfAny("model", problems);
    inputs = inputs.sorted();
  }

  /** Returns the sizes of the encoders. */
  public EncoderShape encoders() {
    return new EncoderShape(inputs, hidden);
  }

  /** Returns the sizes of the fusion head. */
  public HeadShape head() {
    return NetworkLayout.head(this);
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
}
