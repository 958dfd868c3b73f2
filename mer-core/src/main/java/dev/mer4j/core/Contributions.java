package dev.mer4j.core;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The terms of a prediction by {@link Fusion.Additive}. They are exact: the logits are the sum of
 * {@code bias} and all terms.
 *
 * @param bias b [C], the logits without input
 * @param terms the terms whose modalities were all available: the single ones, then the pairs, up
 *     to the order of the fusion
 */
public record Contributions(List<Double> bias, List<Term> terms) {
  public Contributions {
    bias = List.copyOf(bias);
    terms = List.copyOf(terms);
  }

  /**
   * The contribution of a set of modalities.
   *
   * @param modalities the set
   * @param values [C], the term's summand of each logit
   * @param means [C], the means of these values over the training split, for display; empty if
   *     unknown
   */
  public record Term(ModalitySet modalities, List<Double> values, List<Double> means) {
    public Term {
      values = List.copyOf(values);
      means = List.copyOf(means);
    }

    /**
     * Returns the values relative to their means [C]: above 0 where the term adds more than usual.
     * Empty if the means are unknown.
     */
    public List<Double> relative() {
      List<Double> relative = new ArrayList<>();
      for (int c = 0; c < means.size(); c++) {
        relative.add(values.get(c) - means.get(c));
      }
      return List.copyOf(relative);
    }
  }

  /** Returns the logits [C], the sum of all contributions. */
  public List<Double> logits() {
    double[] sum = new double[bias.size()];
    add(bias, 1, sum);
    terms.forEach(term -> add(term.values(), 1, sum));
    return list(sum);
  }

  /**
   * Returns the Shapley values [C] of each available modality. A term is shared equally among its
   * modalities: {@code f_m + ½ Σ f_mn + ⅓ Σ f_mno + …} (the term is the Harsanyi dividend of its
   * modalities; Harsanyi, 1963). With the bias, they sum to the logits.
   */
  public PerModality<List<Double>> shapley() {
    TreeSet<Modality> available = new TreeSet<>();
    terms.forEach(term -> available.addAll(term.modalities().toList()));
    return PerModality.of(available, this::shapley);
  }

  private List<Double> shapley(Modality modality) {
    double[] sum = new double[bias.size()];
    for (Term term : terms) {
      if (term.modalities().contains(modality)) {
        add(term.values(), 1.0 / term.modalities().size(), sum);
      }
    }
    return list(sum);
  }

  private static void add(List<Double> values, double factor, double[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += factor * values.get(c);
    }
  }

  private static List<Double> list(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double value : values) {
      list.add(value);
    }
    return List.copyOf(list);
  }
}
