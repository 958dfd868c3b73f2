package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * The tensors of a model in a {@code .safetensors} file. All methods throw {@link FileException} if
 * one is missing, has another shape or is invalid.
 */
record ModelTensors(Path file, Map<String, Tensor> tensors) {
  /** The name prefix of tensors that only mer4j writes. */
  static final String STANDARDIZATION = "standardization.";

  /** The name prefix of the means of the terms of additive fusion; not every model has them. */
  static final String TERM_MEANS = "term_means.";

  /** Reads a file. */
  static ModelTensors read(Path file) {
    return new ModelTensors(file, Safetensors.read(file));
  }

  static String mean(Modality modality) {
    return STANDARDIZATION + modality.key() + ".mean";
  }

  static String scale(Modality modality) {
    return STANDARDIZATION + modality.key() + ".scale";
  }

  Set<String> names() {
    return tensors.keySet();
  }

  /**
   * Returns the parameters of a layout. Allocates nothing until every tensor is known to be in the
   * file with the right shape.
   */
  Parameters parameters(Parameters.Layout layout) {
    layout.views().forEach(view -> find(view.name(), view.shape()));
    Parameters parameters = layout.allocate();
    for (ParameterView view : parameters.views()) {
      parameters.set(view.name(), find(view.name(), view.shape()).values());
    }
    return parameters;
  }

  /** Checks that all values are finite. */
  void requireFinite() {
    for (Tensor tensor : tensors.values()) {
      for (int i = 0; i < tensor.values().length; i++) {
        if (!Float.isFinite(tensor.values()[i])) {
          throw new FileException(
              file,
              String.format(
                  Locale.ROOT,
                  "tensor %s has %s at index %d; all values must be finite",
                  tensor.name(),
                  tensor.values()[i],
                  i));
        }
      }
    }
  }

  boolean hasStandardization() {
    return names().stream().anyMatch(name -> name.startsWith(STANDARDIZATION));
  }

  Standardization standardization(PerModality<Integer> widths) {
    try {
      return new Standardization(
          PerModality.of(
              widths.modalities(),
              modality -> {
                List<Integer> shape = List.of(widths.get(modality));
                return new Standardization.Columns(
                    doubles(find(mean(modality), shape)), doubles(find(scale(modality), shape)));
              }));
    } catch (FileException e) {
      throw e;
    } catch (MerException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the means of those of the model's terms that have them. */
  TermMeans termMeans(ModelConfig config) {
    Map<ModalitySet, List<Double>> means = new LinkedHashMap<>();
    List<Integer> shape = List.of(config.labels().classCount());
    for (ModalitySet term : config.head().terms()) {
      String name = TERM_MEANS + term;
      if (tensors.containsKey(name)) {
        means.put(term, DoubleStream.of(doubles(find(name, shape))).boxed().toList());
      }
    }
    try {
      return new TermMeans(means);
    } catch (ConfigException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private Tensor find(String name, List<Integer> shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.shape().equals(shape)) {
      String found = tensor == null ? "none" : tensor.shape().toString();
      throw new FileException(
          file, "tensor " + name + ": expected shape " + shape + ", found " + found);
    }
    return tensor;
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[i];
    }
    return values;
  }
}
