package dev.mer4j.core.internal.packed;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out whether tensors have changed since they were packed, by a copy of their values:
 * comparing is several times faster than packing.
 */
final class PackedParameters {
  private final Parameters parameters;
  private final List<ParameterView> tensors;
  private final List<float[]> copies;
  private boolean comparable;
  private long version;

  PackedParameters(Parameters parameters, List<ParameterView> tensors) {
    this.parameters = parameters;
    this.tensors = List.copyOf(tensors);
    copies = tensors.stream().map(view -> new float[view.size()]).toList();
  }

  /** Returns whether the values are known to equal those of the last {@link #pack}. */
  boolean areCurrent() {
    if (!comparable) {
      return false;
    }
    return parameters.areUnchangedSince(version) || equalCopies();
  }

  private boolean equalCopies() {
    float[] values = parameters.read();
    for (int i = 0; i < copies.size(); i++) {
      float[] copy = copies.get(i);
      int offset = tensors.get(i).offset();
      if (!Arrays.equals(copy, 0, copy.length, values, offset, offset + copy.length)) {
        return false;
      }
    }
    return true;
  }

  /** Makes {@link #areCurrent} false until the next {@link #pack}. */
  void forget() {
    comparable = false;
  }

  /** Copies the values for {@link #areCurrent} to compare, then packs them. */
  void pack(Runnable packing) {
    version = parameters.version();
    float[] values = parameters.read();
    for (int i = 0; i < copies.size(); i++) {
      float[] copy = copies.get(i);
      System.arraycopy(values, tensors.get(i).offset(), copy, 0, copy.length);
    }
    packing.run();
    comparable = true;
  }
}
