package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.ZeroSteps;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.internal.cpu.Workers.Task;
import dev.mer4j.core.internal.packed.PackedDirection.Forward;
import dev.mer4j.core.internal.packed.PackedDirection.Kept;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Runs each pass as parallel tasks: each direction of each modality by groups of rows, the weight
 * gradients by columns. No sum is split, so results are bit-identical for any number of threads.
 *
 * @param <I> the memory of a modality
 * @param <S> the memory of a task
 */
final class PackedEncoders<I extends PackedInputs, S> implements Encoders {
  private static final int FILLED_STEPS = 64;

  private record Encoder<I extends PackedInputs, S>(
      Modality modality, PackedDirection<I, S> direction) {}

  private final UseGate gate = new UseGate("the model");
  private final List<Encoder<I, S>> encoders = new ArrayList<>();
  private final List<Modality> modalities;
  private final EncoderShape shape;
  private final PackedKernels<I, S> kernels;
  private final PackedPoolings poolings;
  private final TaskPartition partition;
  private final Workers workers;
  private final ObjectPool<S> scratch;
  private final ObjectPool<PerModality<I>> inferences;
  private final ObjectPool<PerModality<I>> projections;
  private final PerModality<I> training;

  /** Write-locked while weights are packed, read-locked while they are used. */
  private final ReentrantReadWriteLock weights = new ReentrantReadWriteLock();

  PackedEncoders(PackedKernels<I, S> kernels, List<Modality> modalities, Parameters parameters) {
    this.kernels = kernels;
    this.modalities = List.copyOf(modalities);
    shape = EncoderShape.of(modalities, parameters);
    int columns = 0;
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        encoders.add(
            new Encoder<>(modality, kernels.direction(shape, direction, views, parameters)));
        columns += views.inputs() + views.hidden();
      }
    }
    int threads = ThreadBudget.threads();
    workers = ThreadBudget.isPerCall() ? Workers.perCall(threads) : kernels.workers(threads);
    poolings = PackedPoolings.of(shape, parameters, threads);
    partition = new TaskPartition(threads, encoders.size(), columns);
    scratch = new ObjectPool<>(kernels::newScratch, kernels::close);
    inferences = new ObjectPool<>(this::newInputs, PackedEncoders::close);
    projections = new ObjectPool<>(this::newInputs, PackedEncoders::close);
    training = newInputs();
  }

  private PerModality<I> newInputs() {
    return PerModality.of(modalities, modality -> kernels.newInput());
  }

  private static void close(PerModality<? extends PackedInputs> inputs) {
    inputs.values().forEach(PackedInputs::close);
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.TIME_FIRST;
  }

  @Override
  public boolean supportsConcurrentInference() {
    return true;
  }

  @Override
  public PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training) {
    EncoderBatch batch = EncoderBatch.of(shape, sequences, presence);
    gate.run(
        () -> {
          if (training) {
            train(batch);
          } else {
            infer(batch);
          }
        });
    return batch.states();
  }

  private void infer(EncoderBatch batch) {
    inferences.accept(
        pass -> {
          workers.run(start(pass, batch, Kept.STATES));
          withCurrentWeights(() -> workers.run(forward(pass, batch, Forward.INFERENCE)));
          workers.run(poolings.forward(pass::get, batch));
        });
  }

  @Override
  public List<PerModality<float[]>> forward(
      PerModality<Sequences> sequences, Presence presence, List<ZeroSteps> passes) {
    EncoderBatch batch = EncoderBatch.of(shape, sequences, presence);
    List<PerModality<float[]>> states = new ArrayList<>();
    gate.run(
        () ->
            projections.accept(
                projected -> {
                  workers.run(start(projected, batch, Kept.GATES));
                  withCurrentWeights(
                      () -> {
                        workers.run(projections(projected));
                        for (ZeroSteps zero : passes) {
                          states.add(infer(projected, batch.withNewStates(), zero));
                        }
                      });
                }));
    return states;
  }

  private PerModality<float[]> infer(PerModality<I> projected, EncoderBatch batch, ZeroSteps zero) {
    inferences.accept(
        pass -> {
          List<Task> tasks = new ArrayList<>();
          for (Encoder<I, S> each : encoders) {
            I input = pass.get(each.modality());
            I source = projected.get(each.modality());
            input.start(source.rows(), 0);
            each.direction().start(input, Kept.STATES);
            BitSet own = source.rows().packed(zero.of(each.modality()));
            float[] states = batch.states(each.modality());
            for (Group group : source.rows().groups(partition.groups())) {
              long cost = (long) group.total() * shape.hidden();
              tasks.add(
                  withScratch(
                      cost,
                      memory ->
                          each.direction().forward(source, input, group, own, memory, states)));
            }
          }
          workers.run(tasks);
          workers.run(poolings.forward(pass::get, batch));
        });
    return batch.states();
  }

  private void train(EncoderBatch batch) {
    weights.writeLock().lock();
    try {
      List<Task> tasks = start(training, batch, Kept.ALL);
      encoders.forEach(each -> tasks.add(packing(each, PackedDirection::pack)));
      workers.run(tasks);
      if (partition.separateProjection()) {
        workers.run(projections(training));
        workers.run(forward(training, batch, Forward.PROJECTED));
      } else {
        workers.run(forward(training, batch, Forward.TRAINING));
      }
      workers.run(poolings.forward(training::get, batch));
    } finally {
      weights.writeLock().unlock();
    }
  }

  @Override
  public void backward(PerModality<float[]> states, float[] gradient) {
    gate.run(() -> differentiate(states, gradient));
  }

  private void differentiate(PerModality<float[]> states, float[] gradient) {
    List<Task> recurrences = new ArrayList<>();
    List<Task> sums = new ArrayList<>();
    poolings.backward(training::get, states, gradient, workers);
    for (Encoder<I, S> each : encoders) {
      I input = training.get(each.modality());
      PackedPooling pooling = poolings.find(each.modality());
      for (Group group : input.rows().groups(partition.groups())) {
        float[] own = states.get(each.modality());
        recurrences.add(
            withScratch(
                group.total(),
                memory -> each.direction().backward(input, group, memory, own, pooling)));
      }
      if (input.rows().total() == 0) {
        each.direction().clear(gradient);
      } else {
        sums.addAll(gradients(each.direction(), input, gradient));
      }
    }
    weights.readLock().lock();
    try {
      workers.run(recurrences);
    } finally {
      weights.readLock().unlock();
    }
    workers.run(sums);
  }

  /** Starts a pass over a batch and returns the tasks that copy its features. */
  private List<Task> start(PerModality<I> pass, EncoderBatch batch, Kept kept) {
    List<Task> tasks = new ArrayList<>();
    for (Modality modality : modalities) {
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

  private List<Task> projections(PerModality<I> pass) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder<I, S> each : encoders) {
      PackedDirection<I, S> direction = each.direction();
      I input = pass.get(each.modality());
      int total = input.rows().total();
      for (int c = 0; c < TaskPartition.contributions(total); c++) {
        int first = c * LstmKernels.CHUNK;
        int count = Math.min(total - first, LstmKernels.CHUNK);
        long cost = (long) count * direction.inputs();
        tasks.add(withScratch(cost, memory -> direction.project(input, first, count, memory)));
      }
    }
    return tasks;
  }

  private List<Task> forward(PerModality<I> pass, EncoderBatch batch, Forward mode) {
    List<Task> tasks = new ArrayList<>();
    boolean projected = mode == Forward.PROJECTED;
    int groups = projected ? partition.groups() : kernels.projectingGroups(partition);
    for (Encoder<I, S> each : encoders) {
      PackedDirection<I, S> direction = each.direction();
      I input = pass.get(each.modality());
      float[] states = batch.states(each.modality());
      int inputs = projected ? 0 : direction.inputs();
      for (Group group : input.rows().groups(groups)) {
        long cost = (long) group.total() * (inputs + shape.hidden());
        tasks.add(
            withScratch(cost, memory -> direction.forward(input, group, mode, memory, states)));
      }
    }
    return tasks;
  }

  private List<Task> gradients(PackedDirection<I, S> direction, I input, float[] gradient) {
    List<Task> tasks = new ArrayList<>();
    long total = input.rows().total();
    for (Columns part : partition.columns(direction.inputs())) {
      tasks.add(
          withScratch(
              total * part.count(),
              memory -> direction.inputGradient(input, part, memory, gradient)));
    }
    for (Columns part : partition.columns(shape.hidden())) {
      tasks.add(
          withScratch(
              total * part.count(),
              memory -> direction.recurrentGradient(input, part, memory, gradient)));
    }
    tasks.add(withScratch(total, memory -> direction.biasGradient(input, memory, gradient)));
    return tasks;
  }

  /** Runs a pass concurrently with others, or exclusively if the weights must be packed first. */
  private void withCurrentWeights(Runnable pass) {
    weights.readLock().lock();
    try {
      if (current()) {
        pass.run();
        return;
      }
    } finally {
      weights.readLock().unlock();
    }
    weights.writeLock().lock();
    try {
      if (!current()) {
        workers.run(
            encoders.stream()
                .map(each -> packing(each, PackedDirection::packForInference))
                .toList());
      }
      pass.run();
    } finally {
      weights.writeLock().unlock();
    }
  }

  private boolean current() {
    return encoders.stream().allMatch(each -> each.direction().current());
  }

  private static <I extends PackedInputs, S> Task packing(
      Encoder<I, S> encoder, Consumer<PackedDirection<I, S>> packer) {
    PackedDirection<I, S> direction = encoder.direction();
    return new Task(direction.inputs(), () -> packer.accept(direction));
  }

  private Task withScratch(long cost, Consumer<S> work) {
    return new Task(cost, () -> scratch.accept(work));
  }

  @Override
  public void close() {
    gate.close(this::release);
  }

  private void release() {
    workers.close();
    scratch.close();
    inferences.close();
    projections.close();
    close(training);
    encoders.forEach(each -> each.direction().close());
  }
}
