package dev.mer4j.onnx.internal.graph;

import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Standardization;

/** Adds the standardization of a modality to a graph. */
record StandardizationConstants(GraphBuilder graph, Modality modality, Standardization.Columns of) {
  static String mean(Modality modality) {
    return "standardization." + modality.key() + ".mean";
  }

  static String scale(Modality modality) {
    return "standardization." + modality.key() + ".scale";
  }

  /** Adds the mean [D] of each column and returns its name. */
  String mean() {
    return graph.constant(mean(modality), floats(of.mean()), of.width());
  }

  /** Adds the factor [D] of each column and returns its name. */
  String scale() {
    return graph.constant(scale(modality), floats(of.scale()), of.width());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int d = 0; d < values.length; d++) {
      floats[d] = (float) values[d];
    }
    return floats;
  }
}
