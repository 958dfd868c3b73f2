package dev.mer4j.benchmarks;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.cuda.CudaBackend;
import dev.mer4j.cuda.CudaNetwork;

/** Opens the recipe's network on a GPU. */
final class GpuNetworks {
  private GpuNetworks() {}

  static CudaNetwork open() {
    try (MultimodalModel model = Recipe.model().backend("cuda").build()) {
      return (CudaNetwork) new CudaBackend().openNetwork(head(model.config()), model.parameters());
    }
  }

  private static HeadShape head(ModelConfig config) {
    return config.head();
  }
}
