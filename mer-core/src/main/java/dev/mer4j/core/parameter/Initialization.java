package dev.mer4j.core.parameter;

import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;

/**
 * Initializes parameters from the distribution of PyTorch's {@code nn.LSTM} and {@code nn.Linear},
 * with the random stream {@code init}.
 */
public final class Initialization {
  private final SeedStream draws;

  public Initialization(Seeds seeds) {
    this.draws = seeds.stream("init");
  }

  /**
   * Fills a tensor uniformly from (-1/√n, 1/√n); values depend only on the seed and the tensor's
   * name.
   */
  public void uniform(Parameters parameters, String name, int n) {
    ParameterView view = parameters.view(name);
    SeedStream stream = draws.at(name);
    double bound = 1 / Math.sqrt(n);
    float[] values = new float[view.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) stream.nextDouble(-bound, bound);
    }
    parameters.set(name, values);
  }
}
