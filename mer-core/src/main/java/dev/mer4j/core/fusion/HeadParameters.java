package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and shapes of a head's parameters: those of PyTorch modules {@code head}, a {@code
 * Sequential} of linear, ReLU, dropout and linear layers, and {@code attention}, with a {@code
 * Linear} for each modality and one without bias for the score; of these, {@link
 * Fusion.AttentionSum} has only the score. Additive fusion has instead a module {@code fusion} with
 * the parameter {@code bias} and a {@code ModuleDict} {@code terms}, which contains such a {@code
 * Sequential} for each set of modalities, such as {@code text+audio}.
 */
public final class HeadParameters {
  /** The name of the perceptron of concatenated states. */
  public static final String HEAD = "head";

  public static final String HIDDEN_WEIGHT = hiddenWeight(HEAD);
  public static final String HIDDEN_BIAS = hiddenBias(HEAD);
  public static final String OUTPUT_WEIGHT = outputWeight(HEAD);
  public static final String OUTPUT_BIAS = outputBias(HEAD);
  public static final String SCORE_WEIGHT = "attention.score.weight";

  /** The name of b, the logits of additive fusion without input. */
  public static final String SUM_BIAS = "fusion.bias";

  /** The modality whose key's weight would be {@link #SCORE_WEIGHT}. */
  public static final Modality RESERVED = Modality.of("score");

  private static final List<String> PREFIXES = List.of("head.", "attention.", "fusion.");

  private HeadParameters() {}

  public static String keyWeight(Modality modality) {
    return "attention." + modality.key() + ".weight";
  }

  public static String keyBias(Modality modality) {
    return "attention." + modality.key() + ".bias";
  }

  /** Returns the name of the perceptron of a term, such as {@code fusion.terms.text+audio}. */
  public static String term(ModalitySet modalities) {
    return "fusion.terms." + modalities;
  }

  public static String hiddenWeight(String perceptron) {
    return perceptron + ".0.weight";
  }

  public static String hiddenBias(String perceptron) {
    return perceptron + ".0.bias";
  }

  public static String outputWeight(String perceptron) {
    return perceptron + ".3.weight";
  }

  public static String outputBias(String perceptron) {
    return perceptron + ".3.bias";
  }

  /** Adds the head's tensors to a layout. */
  public static void declare(Parameters.Layout layout, HeadShape shape) {
    if (shape.fusion() instanceof Fusion.Attention attention) {
      for (Modality modality : shape.modalities()) {
        layout
            .add(keyWeight(modality), attention.width(), shape.stateWidth())
            .add(keyBias(modality), attention.width());
      }
      layout.add(SCORE_WEIGHT, 1, attention.width());
    }
    if (shape.fusion() instanceof Fusion.AttentionSum) {
      layout.add(SCORE_WEIGHT, 1, shape.stateWidth());
    }
    if (shape.fusion() instanceof Fusion.Additive) {
      shape
          .terms()
          .forEach(term -> declare(layout, shape, term(term), term.size() * shape.stateWidth()));
      layout.add(SUM_BIAS, shape.classes());
      return;
    }
    declare(layout, shape, HEAD, shape.fusedWidth());
  }

  private static void declare(
      Parameters.Layout layout, HeadShape shape, String perceptron, int inputs) {
    layout
        .add(hiddenWeight(perceptron), shape.width(), inputs)
        .add(hiddenBias(perceptron), shape.width())
        .add(outputWeight(perceptron), shape.classes(), shape.width())
        .add(outputBias(perceptron), shape.classes());
  }

  /** Initializes the head's tensors; {@link #SUM_BIAS} stays zero. */
  public static void initialize(Initialization initialization, Parameters parameters) {
    for (ParameterView view : views(parameters)) {
      if (view.name().equals(SUM_BIAS)) {
        continue;
      }
      String weight = view.name().replace(".bias", ".weight");
      int inputs = parameters.view(weight).shape().get(1);
      initialization.uniform(parameters, view.name(), inputs);
    }
  }

  /** Returns the head's tensors of a model. */
  public static List<ParameterView> views(Parameters parameters) {
    List<ParameterView> views = new ArrayList<>();
    for (ParameterView view : parameters.views()) {
      if (PREFIXES.stream().anyMatch(view.name()::startsWith)) {
        views.add(view);
      }
    }
    return views;
  }
}
