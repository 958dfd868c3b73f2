package dev.mer4j.train;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Euclidean norms of the parts of a vector of parameters or of their gradient. */
final class GradientNorms {
  private static final String ENCODERS = "encoders";

  private GradientNorms() {}

  /**
   * Returns the norm of each part of the model, such as {@code encoders.text}.
   *
   * @param values [P]
   */
  static Map<String, Double> byPart(List<ParameterView> views, float[] values) {
    Map<String, Double> squares = new TreeMap<>();
    for (ParameterView view : views) {
      double sum = 0;
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        sum += (double) values[i] * values[i];
      }
      squares.merge(part(view.name()), sum, Double::sum);
    }
    squares.replaceAll((part, sum) -> Math.sqrt(sum));
    return Collections.unmodifiableMap(squares);
  }

  /** Returns the norm of each modality's encoder. */
  static PerModality<Double> ofEncoders(
      List<Modality> modalities, List<ParameterView> views, float[] values) {
    List<ParameterView> own =
        views.stream().filter(view -> view.name().startsWith(ENCODERS + ".")).toList();
    Map<String, Double> byPart = byPart(own, values);
    return PerModality.of(modalities, each -> byPart.get(ENCODERS + "." + each.key()));
  }

  /**
   * Returns the part of a parameter's name: {@code encoders.text} of {@code
   * encoders.text.weight_ih_l0}, {@code head} of {@code head.0.bias}, {@code fusion.terms.text} of
   * {@code fusion.terms.text.0.bias}.
   */
  private static String part(String name) {
    String[] words = name.split("\\.", 4);
    if (words[0].equals(ENCODERS)) {
      return words[0] + "." + words[1];
    }
    boolean term = words[0].equals("fusion") && words.length == 4;
    return term ? words[0] + "." + words[1] + "." + words[2] : words[0];
  }
}
