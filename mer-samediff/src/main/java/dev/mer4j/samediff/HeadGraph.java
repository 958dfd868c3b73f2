package dev.mer4j.samediff;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds a fusion head to a SameDiff graph.
 *
 * <p>Dropout is a placeholder for factors drawn by the host, because SameDiff's dropout has no
 * gradient and remains active in inference.
 *
 * @param weights [B, M], the weight of each modality: with attention, they add up to 1 over the
 *     present ones; without, each is 1
 * @param logits [B, C]
 * @param probabilities [B, C]
 * @param loss a scalar, in nats
 * @param terms [B, C] of each term of additive fusion, zero where it is absent, in the order of
 *     {@link HeadShape#terms}; empty for other fusions
 */
public record HeadGraph(
    SDVariable weights,
    SDVariable logits,
    SDVariable probabilities,
    SDVariable loss,
    List<SDVariable> terms) {
  public HeadGraph {
    terms = List.copyOf(terms);
  }

  /**
   * Adds the head; its parameters become variables named as in {@link HeadParameters}.
   *
   * @param states [B, 2H] of each modality, zero where it is absent
   * @param presence [B, M], 1 where a row has the modality, else 0, in the order of the shape's
   *     modalities
   * @param dropout [B, U], the factors of the hidden units, see {@link HeadShape#dropoutFactors}
   * @param targets [B, C]
   * @param loss the loss to minimize
   */
  public static HeadGraph add(
      PrefixedGraph target,
      HeadShape shape,
      Parameters parameters,
      PerModality<SDVariable> states,
      SDVariable presence,
      SDVariable dropout,
      SDVariable targets,
      Loss loss) {
    SameDiff graph = target.graph();
    Builder builder = new Builder(target, shape, parameters);
    boolean sums = shape.fusion() instanceof Fusion.AttentionSum;
    boolean attends = sums || shape.fusion() instanceof Fusion.Attention;
    List<SDVariable> ordered = shape.modalities().stream().map(states::get).toList();
    SDVariable weights = attends ? builder.attention(ordered, presence) : presence;
    List<SDVariable> terms =
        shape.fusion() instanceof Fusion.Additive
            ? new TermGraph(target, shape, parameters).of(states, presence, dropout)
            : List.of();
    SDVariable logits =
        terms.isEmpty()
            ? builder
                .perceptron(HeadParameters.HEAD)
                .of(builder.fused(builder.scaled(ordered, weights)), dropout)
            : builder.sum(terms).add(builder.variable(HeadParameters.SUM_BIAS));
    boolean multiLabel = shape.task() == Task.MULTI_LABEL;
    SDVariable probabilities =
        multiLabel ? graph.nn().sigmoid(logits) : graph.nn().softmax(logits, 1);
    SDVariable cost = new LossGraph(target, loss).of(shape.task(), logits, targets);
    return new HeadGraph(weights, logits, probabilities, cost, terms);
  }

  private record Builder(PrefixedGraph target, HeadShape shape, Parameters parameters) {
    private SameDiff graph() {
      return target.graph();
    }

    /** Returns α [B, M]; zeros for a row without any modality. */
    SDVariable attention(List<SDVariable> states, SDVariable presence) {
      SDVariable score = variable(HeadParameters.SCORE_WEIGHT);
      List<SDVariable> scores = new ArrayList<>();
      for (int m = 0; m < states.size(); m++) {
        SDVariable key =
            shape.fusion() instanceof Fusion.AttentionSum ? states.get(m) : key(states.get(m), m);
        scores.add(key.mmul(graph().transpose(score)));
      }
      SDVariable absent = presence.sub(1).mul(1e9);
      SDVariable all = graph().concat(1, scores.toArray(SDVariable[]::new)).add(absent);
      return graph().nn().softmax(all, 1).mul(presence);
    }

    private SDVariable key(SDVariable state, int m) {
      Modality modality = shape.modalities().get(m);
      SDVariable linear =
          PerceptronGraph.linear(
              target,
              parameters,
              state,
              HeadParameters.keyWeight(modality),
              HeadParameters.keyBias(modality));
      return graph().math().tanh(linear);
    }

    /** Returns the concatenation or, with {@link Fusion.AttentionSum}, the sum of the states. */
    SDVariable fused(SDVariable[] scaled) {
      return shape.fusion() instanceof Fusion.AttentionSum
          ? sum(List.of(scaled))
          : graph().concat(1, scaled);
    }

    /**
     * Returns each state scaled by its modality's weight; attention weights are multiplied by M, so
     * that equal weights have no effect.
     */
    SDVariable[] scaled(List<SDVariable> states, SDVariable weights) {
      int count = states.size();
      double factor = shape.fusion() instanceof Fusion.Attention ? count : 1;
      SDVariable[] scaled = new SDVariable[count];
      if (count == 1) {
        // ND4J has no gradient of [1, 1] times [1, 1].
        scaled[0] = states.get(0).mul(weights);
        return scaled;
      }
      for (int m = 0; m < count; m++) {
        float[] column = new float[count];
        column[m] = (float) factor;
        SDVariable pick =
            target.constant(
                "pick_" + shape.modalities().get(m).key(),
                Nd4j.createFromArray(column).reshape(count, 1));
        scaled[m] = states.get(m).mul(weights.mmul(pick));
      }
      return scaled;
    }

    SDVariable sum(List<SDVariable> summands) {
      SDVariable sum = summands.get(0);
      for (SDVariable summand : summands.subList(1, summands.size())) {
        sum = sum.add(summand);
      }
      return sum;
    }

    PerceptronGraph perceptron(String name) {
      return new PerceptronGraph(target, parameters, name);
    }

    SDVariable variable(String name) {
      return target.variable(parameters.view(name));
    }
  }
}
