package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A head whose training loss includes the predictions from single modalities. To the loss of the
 * batch it adds {@code w} times the mean loss of the R pairs of a row and one of its modalities,
 * each predicted by the same head from that modality alone. A row with one modality is a pair too,
 * so that every present modality has the same weight; a row without modalities is none.
 *
 * <p>The hidden units of the pairs have their own dropout, drawn from the substream {@code
 * unimodal}; that of the batch is the same as without the auxiliary loss.
 */
public final class UnimodalLossHead implements Head {
  private final Head head;
  private final HeadShape shape;
  private final List<ParameterView> views;
  private final double weight;
  private final float[] unimodalGradient;

  /**
   * Adds the auxiliary loss to a head.
   *
   * @param parameters the parameters of the head
   * @param weight w
   */
  public UnimodalLossHead(Head head, HeadShape shape, Parameters parameters, double weight) {
    this.head = head;
    this.shape = shape;
    this.views = HeadParameters.views(parameters);
    this.weight = weight;
    this.unimodalGradient = new float[parameters.size()];
  }

  @Override
  public Output infer(PerModality<float[]> states, Presence presence) {
    return head.infer(states, presence);
  }

  @Override
  public double train(
      PerModality<float[]> states,
      Presence presence,
      float[] targets,
      SeedStream draws,
      float[] gradient,
      PerModality<float[]> stateGradients) {
    double loss = head.train(states, presence, targets, draws, gradient, stateGradients);
    List<Pair> pairs = pairs(presence);
    if (pairs.isEmpty()) {
      return loss;
    }
    PerModality<float[]> own = zeros(pairs.size());
    PerModality<float[]> ownGradients = zeros(pairs.size());
    int width = shape.stateWidth();
    int classes = shape.classes();
    float[] ownTargets = new float[pairs.size() * classes];
    for (int r = 0; r < pairs.size(); r++) {
      Pair pair = pairs.get(r);
      float[] from = states.get(pair.modality());
      System.arraycopy(from, pair.row() * width, own.get(pair.modality()), r * width, width);
      System.arraycopy(targets, pair.row() * classes, ownTargets, r * classes, classes);
    }
    Presence single = Presence.of(pairs.stream().map(p -> ModalitySet.of(p.modality())).toList());
    double unimodalLoss =
        head.train(own, single, ownTargets, draws.at("unimodal"), unimodalGradient, ownGradients);
    for (ParameterView view : views) {
      add(unimodalGradient, view.offset(), gradient, view.offset(), view.size());
    }
    for (int r = 0; r < pairs.size(); r++) {
      Pair pair = pairs.get(r);
      float[] to = stateGradients.get(pair.modality());
      add(ownGradients.get(pair.modality()), r * width, to, pair.row() * width, width);
    }
    return loss + weight * unimodalLoss;
  }

  /** A row of the batch and one of its modalities. */
  private record Pair(int row, Modality modality) {}

  /** Returns the R pairs. */
  private List<Pair> pairs(Presence presence) {
    List<Pair> pairs = new ArrayList<>();
    for (Modality modality : shape.modalities()) {
      for (int b = 0; b < presence.size(); b++) {
        if (presence.has(b, modality)) {
          pairs.add(new Pair(b, modality));
        }
      }
    }
    return pairs;
  }

  private PerModality<float[]> zeros(int rows) {
    return PerModality.of(shape.modalities(), modality -> new float[rows * shape.stateWidth()]);
  }

  /** Adds {@code w} times a range of values to another range. */
  private void add(float[] values, int from, float[] sum, int to, int count) {
    for (int i = 0; i < count; i++) {
      sum[to + i] += (float) (weight * values[from + i]);
    }
  }
}
