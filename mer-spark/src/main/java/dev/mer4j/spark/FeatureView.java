package dev.mer4j.spark;

import dev.mer4j.data.Features;

/** Features [T, D] of a row, which are copied when the model reads them. */
interface FeatureView {
  /** Returns T. */
  int steps();

  /** Returns T·D. */
  int size();

  /** Copies the T·D values, row-major, into {@code target}. */
  void read(float[] target, int offset);

  /** Returns a view of features in memory. */
  static FeatureView of(Features features) {
    return new OfFeatures(features);
  }

  /** A view of features in memory. */
  record OfFeatures(Features features) implements FeatureView {
    @Override
    public int steps() {
      return features.steps();
    }

    @Override
    public int size() {
      return features.values().length;
    }

    @Override
    public void read(float[] target, int offset) {
      System.arraycopy(features.values(), 0, target, offset, size());
    }
  }
}
