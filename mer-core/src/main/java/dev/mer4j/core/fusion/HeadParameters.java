package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and shapes of a head's parameters: those of PyTorch modules {@code head}, a {@code
 * Sequential} of linear, ReLU, dropout and linear layers, and {@code attention}, with a {@code
 * Linear} for each modality and one without bias for the score.
 */
public final class HeadParameters {
  public static final String HIDDEN_WEIGHT = "head.0.weight";
  public static final String HIDDEN_BIAS = "head.0.bias";
  public static final String OUTPUT_WEIGHT = "head.3.weight";
  public static final String OUTPUT_BIAS = "head.3.bias";
  public static final String SCORE_WEIGHT = "attention.score.weight";

  /** The modality whose key's weight would be {@link #SCORE_WEIGHT}. */
  public static final Modality RESERVED = Modality.of("score");

  private HeadParameters() {}

  public static String keyWeight(Modality modality) {
    return "attention." + modality.key() + ".weight";
  }

  public static String keyBias(Modality modality) {
    return "attention." + modality.key() + ".bias";
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
    layout
        .add(HIDDEN_WEIGHT, shape.width(), shape.fusedWidth())
        .add(HIDDEN_BIAS, shape.width())
        .add(OUTPUT_WEIGHT, shape.classes(), shape.width())
        .add(OUTPUT_BIAS, shape.classes());
  }

  /** Initializes the head's tensors. */
  public static void initialize(Initialization initialization, Parameters parameters) {
    for (ParameterView view : views(parameters)) {
      String weight = view.name().replace(".bias", ".weight");
      int inputs = parameters.view(weight).shape().get(1);
      initialization.uniform(parameters, view.name(), inputs);
    }
  }

  /** Returns the head's tensors of a model. */
  public static List<ParameterView> views(Parameters parameters) {
    List<ParameterView> views = new ArrayList<>();
    for (ParameterView view : parameters.views()) {
      if (view.name().startsWith("head.") || view.name().startsWith("attention.")) {
        views.add(view);
      }
    }
    return views;
  }
}
