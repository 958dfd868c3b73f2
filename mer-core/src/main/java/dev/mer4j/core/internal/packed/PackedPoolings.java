package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.internal.cpu.Workers.Task;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attention pooling of all modalities as parallel tasks, by groups of rows.
 *
 * @param poolings of each modality; empty without pooling
 * @param groups the number of groups of each modality
 */
record PackedPoolings(Map<Modality, PackedPooling> poolings, int groups) {
  /** Returns the pooling of a modality; null if there is none. */
  @Nullable PackedPooling find(Modality modality) {
    return poolings.get(modality);
  }

  /** Returns the tasks that write the pooled halves of the states. */
  List<Task> forward(PackedPass pass, EncoderBatch batch) {
    List<Task> tasks = new ArrayList<>();
    poolings.forEach(
        (modality, pooling) -> {
          PackedInput input = pass.input(modality);
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
   * @param states the loss's gradients with respect to the states, [B, 4H] of each modality
   * @param gradient [P]
   */
  void backward(PackedPass pass, PerModality<float[]> states, float[] gradient, Workers workers) {
    List<Task> tasks = new ArrayList<>();
    Map<PackedPooling, float[][]> vectorGradients = new LinkedHashMap<>();
    poolings.forEach(
        (modality, pooling) -> {
          PackedInput input = pass.input(modality);
          float[] own = states.get(modality);
          float[][] rows = new float[input.rows().batch()][pooling.width()];
          vectorGradients.put(pooling, rows);
          input.poolingFactors().ensure(2L * input.rows().total());
          for (Group group : input.rows().groups(groups)) {
            tasks.add(new Task(group.total(), () -> pooling.backward(input, group, own, rows)));
          }
        });
    workers.run(tasks);
    vectorGradients.forEach((pooling, rows) -> pooling.sum(rows, gradient));
  }
}
