package dev.mer4j.core;

import dev.mer4j.FileException;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.data.Modality;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tensors of a PyTorch module in a file, which are checked against the configuration of a
 * model.
 *
 * @param config the model that the module computes
 */
record StateDict(Path file, ModelConfig config) {
  /** The most names of a message. */
  private static final int SHOWN = 5;

  /**
   * Reads the tensors by name, without a common prefix.
   *
   * @throws FileException if the file cannot be read, has tensors that are not the model's, lacks
   *     some of the model's, or has a value that is not finite
   */
  ModelTensors read() {
    Map<String, Tensor> tensors = withoutPrefix(Safetensors.read(file));
    requireNames(tensors.keySet());
    ModelTensors found = new ModelTensors(file, tensors);
    found.requireFinite();
    return found;
  }

  /** Removes the name of a module that contains the model, such as {@code module}. */
  private Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
    String first = config.parameters().get(0).name();
    List<String> nested =
        tensors.keySet().stream().filter(name -> name.endsWith("." + first)).toList();
    if (tensors.containsKey(first) || nested.size() != 1) {
      return tensors;
    }
    String prefix = nested.get(0).substring(0, nested.get(0).length() - first.length());
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
          if (own.put(rest, tensor) != null) {
            throw new FileException(
                file, "has tensor " + rest + " with and without the prefix " + prefix);
          }
        });
    return own;
  }

  private void requireNames(Set<String> found) {
    Set<String> others = new TreeSet<>(found);
    Set<String> missing = new TreeSet<>();
    for (ParameterView view : config.parameters()) {
      if (!others.remove(view.name())) {
        missing.add(view.name());
      }
    }
    for (Modality modality : config.inputs().modalities()) {
      others.remove(ModelTensors.mean(modality));
      others.remove(ModelTensors.scale(modality));
    }
    if (!others.isEmpty()) {
      String lacks = missing.isEmpty() ? "" : "; and lacks " + list(missing);
      throw new FileException(
          file, "has tensors that the configured model does not: " + list(others) + lacks);
    }
    if (!missing.isEmpty()) {
      throw new FileException(file, "lacks tensors of the configured model: " + list(missing));
    }
  }

  private static String list(Set<String> names) {
    String shown = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN
        ? String.format(Locale.ROOT, "%s and %d more", shown, names.size() - SHOWN)
        : shown;
  }
}
