package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.ZeroSteps;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.internal.cpu.Workers.Task;
import dev.mer4j.core.internal.packed.PackedDirection.Forward;
import dev.mer4j.core.internal.packed.PackedDirection.Kept;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Divides the phases of a pass into tasks; tasks of one phase may run in parallel.
 *
 * @param <I> the memory of a modality
 * @param <S> the memory of a task
 */
final class PassTasks<I extends PackedInputs, S> implements AutoCloseable {
  private static final int FILLED_STEPS = 64;

  /** A direction of the encoder of a modality. */
  record Encoder<I extends PackedInputs, S>(Modality modality, PackedDirection<I, S> direction) {}

  private final PackedKernels<I, S> kernels;
  private final List<Encoder<I, S>> encoders;
  private final TaskPartition partition;
  private final int hidden;
  private final ObjectPool<S> scratch;

  PassTasks(
      PackedKernels<I, S> kernels,
      List<Encoder<I, S>> encoders,
      TaskPartition partition,
      int hidden) {
    this.kernels = kernels;
    this.encoders = List.copyOf(encoders);
    this.partition = partition;
    this.hidden = hidden;
    scratch = new ObjectPool<>(kernels::newScratch, kernels::close);
  }

  /** Starts a pass over a batch and returns the tasks that copy its features. */
  List<Task> start(PerModality<I> pass, EncoderBatch batch, Kept kept) {
    List<Task> tasks = new ArrayList<>();
    for (Modality modality : pass.modalities()) {
      I input = pass.get(modality);
      Sequences values = batch.sequences(modality);
      PackedRows rows = PackedRows.of(batch.rows(modality));
      input.start(rows, values.width());
      for (int t = 0; t < rows.steps(); t += FILLED_STEPS) {
        int from = t;
        int end = Math.min(rows.steps(), from + FILLED_STEPS);
        tasks.add(new Task(values.width(), () -> input.fill(values, from, end)));
      }
    }
    encoders.forEach(each -> each.direction().start(pass.get(each.modality()), kept));
    return tasks;
  }

  /** Returns the tasks that compute the inputs' contribution to the gates of all rows. */
  List<Task> projections(PerModality<I> pass) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder<I, S> each : encoders) {
      PackedDirection<I, S> direction = each.direction();
      I input = pass.get(each.modality());
      int total = input.rows().total();
      for (int c = 0; c < TaskPartition.contributions(total); c++) {
        int first = c * LstmKernels.CHUNK;
        int count = Math.min(total - first, LstmKernels.CHUNK);
        long cost = (long) count * direction.weights().inputs();
        tasks.add(withScratch(cost, memory -> direction.project(input, first, count, memory)));
      }
    }
    return tasks;
  }

  /** Returns the tasks that run the recurrences and write the last states. */
  List<Task> forward(PerModality<I> pass, EncoderBatch batch, Forward mode) {
    List<Task> tasks = new ArrayList<>();
    boolean projected = mode == Forward.PROJECTED;
    int groups = projected ? partition.groups() : kernels.projectingGroups(partition);
    for (Encoder<I, S> each : encoders) {
      PackedDirection<I, S> direction = each.direction();
      I input = pass.get(each.modality());
      float[] states = batch.states(each.modality());
      int inputs = projected ? 0 : direction.weights().inputs();
      for (Group group : input.rows().groups(groups)) {
        long cost = (long) group.total() * (inputs + hidden);
        tasks.add(
            withScratch(cost, memory -> direction.forward(input, group, mode, memory, states)));
      }
    }
    return tasks;
  }

  /**
   * Returns the tasks that run the recurrences of an inference with zeros at some steps.
   *
   * @param projected the pass with the results of {@link #projections}
   * @param pass another pass, which is started
   */
  List<Task> forward(
      PerModality<I> projected, PerModality<I> pass, EncoderBatch batch, ZeroSteps zero) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder<I, S> each : encoders) {
      PackedDirection<I, S> direction = each.direction();
      I source = projected.get(each.modality());
      I input = pass.get(each.modality());
      input.start(source.rows(), 0);
      direction.start(input, Kept.STATES);
      BitSet rows = source.rows().packed(zero.of(each.modality()));
      float[] states = batch.states(each.modality());
      for (Group group : source.rows().groups(partition.groups())) {
        tasks.add(
            withScratch(
                (long) group.total() * hidden,
                memory -> direction.forward(source, input, group, rows, memory, states)));
      }
    }
    return tasks;
  }

  /**
   * Returns the tasks that replace the gates by their gradients.
   *
   * @param states the loss's gradients with respect to the states, [B, E] of each modality
   * @param poolings after their backward pass
   */
  List<Task> backward(PerModality<I> pass, PerModality<float[]> states, PackedPoolings poolings) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder<I, S> each : encoders) {
      I input = pass.get(each.modality());
      float[] own = states.get(each.modality());
      PackedPooling pooling = poolings.find(each.modality());
      for (Group group : input.rows().groups(partition.groups())) {
        tasks.add(
            withScratch(
                group.total(),
                memory -> each.direction().backward(input, group, memory, own, pooling)));
      }
    }
    return tasks;
  }

  /** Returns the tasks that overwrite the gradients of all weights, after {@link #backward}. */
  List<Task> gradients(PerModality<I> pass, float[] gradient) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder<I, S> each : encoders) {
      I input = pass.get(each.modality());
      if (input.rows().total() == 0) {
        tasks.add(new Task(0, () -> each.direction().clear(gradient)));
      } else {
        tasks.addAll(gradients(each.direction(), input, gradient));
      }
    }
    return tasks;
  }

  private List<Task> gradients(PackedDirection<I, S> direction, I input, float[] gradient) {
    List<Task> tasks = new ArrayList<>();
    long total = input.rows().total();
    for (Columns part : partition.columns(direction.weights().inputs())) {
      tasks.add(
          withScratch(
              total * part.count(),
              memory -> direction.inputGradient(input, part, memory, gradient)));
    }
    for (Columns part : partition.columns(hidden)) {
      tasks.add(
          withScratch(
              total * part.count(),
              memory -> direction.recurrentGradient(input, part, memory, gradient)));
    }
    return tasks;
  }

  /** Returns whether the parameters are known to equal the packed ones. */
  boolean areWeightsCurrent() {
    return encoders.stream().allMatch(each -> each.direction().weights().current());
  }

  /** Returns the tasks that pack the weights of each direction. */
  List<Task> packing(Consumer<LstmWeights> packer) {
    return encoders.stream()
        .map(each -> each.direction().weights())
        .map(weights -> new Task(weights.inputs(), () -> packer.accept(weights)))
        .toList();
  }

  private Task withScratch(long cost, Consumer<S> work) {
    return new Task(cost, () -> scratch.accept(work));
  }

  @Override
  public void close() {
    scratch.close();
    encoders.forEach(each -> each.direction().close());
  }
}
