package dev.mer4j.core.fusion;

import dev.mer4j.data.Modality;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.List;

/**
 * The sizes of a fusion head.
 *
 * @param modalities the M modalities whose states it joins, in order
 * @param stateWidth 2H, the width of one modality's state
 * @param fusion how it joins them
 * @param width of the perceptron's hidden layer
 * @param dropout share of that layer's units dropped in training, in [0, 1)
 * @param task which loss and which probabilities: sigmoid for several labels, softmax for one
 */
public record HeadShape(
    List<Modality> modalities,
    int stateWidth,
    Fusion fusion,
    int width,
    double dropout,
    Task task) {
  public HeadShape {
    modalities = List.copyOf(modalities);
  }

  /** The width of the joined states: M·2H. */
  int joined() {
    return modalities.size() * stateWidth;
  }
}
