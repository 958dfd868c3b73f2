package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.internal.cpu.Workers.Task;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attention pooling of all modalities as parallel tasks, by groups of rows.
 *
 * @param poolings of each modality; empty without pooling
 * @param groups the number of groups of each modality
 */
record PackedPoolings(Map<Modality, PackedPooling> poolings, int groups) {
  /** Returns the poolings of encoders, by as many groups of rows as there are threads. */
  static PackedPoolings of(EncoderShape shape, Parameters parameters, int threads) {
    Map<Modality, PackedPooling> poolings = new LinkedHashMap<>();
    if (shape.pooling() == Pooling.ATTENTION) {
      for (Modality modality : shape.inputs().modalities()) {
        poolings.put(modality, new PackedPooling(modality, parameters, shape.hidden()));
      }
    }
    return new PackedPoolings(poolings, threads);
  }

  /** Returns the pooling of a modality; null if there is none. */
  @Nullable PackedPooling find(Modality modality) {
    return poolings.get(modality);
  }

  /** Returns the tasks that write the pooled halves of the states. */
  List<Task> forward(Function<Modality, ? extends PooledSteps> pass, EncoderBatch batch) {
    List<Task> tasks = new ArrayList<>();
    poolings.forEach(
        (modality, pooling) -> {
          PooledSteps input = pass.apply(modality);
          float[] states = batch.states(modality);
          for (Group group : input.rows().groups(groups)) {
            tasks.add(new Task(group.total(), () -> pooling.forward(input, group, states)));
          }
        });
    return tasks;
  }

  /**
   * Computes the factors of the gradients of all steps, and overwrites the gradients with respect
   * to v.
   *
   * @param pass the steps of each modality
   * @param states the loss's gradients with respect to the states, [B, 4H] of each modality
   * @param gradient [P]
   */
  void backward(
      Function<Modality, ? extends PooledSteps> pass,
      PerModality<float[]> states,
      float[] gradient,
      Workers workers) {
    List<Task> tasks = new ArrayList<>();
    Map<PackedPooling, float[][]> vectorGradients = new LinkedHashMap<>();
    poolings.forEach(
        (modality, pooling) -> {
          PooledSteps input = pass.apply(modality);
          float[] own = states.get(modality);
          float[][] rows = new float[input.rows().batch()][pooling.width()];
          vectorGradients.put(pooling, rows);
          input.startFactors();
          for (Group group : input.rows().groups(groups)) {
            tasks.add(new Task(group.total(), () -> pooling.backward(input, group, own, rows)));
          }
        });
    workers.run(tasks);
    vectorGradients.forEach((pooling, rows) -> pooling.sum(rows, gradient));
  }
}
