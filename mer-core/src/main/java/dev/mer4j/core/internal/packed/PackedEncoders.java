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
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs each pass as parallel tasks: each direction of each modality by groups of rows, the weight
 * gradients by columns. No sum is split, so results are bit-identical for any number of threads.
 *
 * @param <I> the memory of a modality
 * @param <S> the memory of a task
 */
final class PackedEncoders<I extends PackedInputs, S> implements Encoders {
  private final UseGate gate = new UseGate("the model");
  private final List<Modality> modalities;
  private final EncoderShape shape;
  private final PackedKernels<I, S> kernels;
  private final PackedPoolings poolings;
  private final TaskPartition partition;
  private final PassTasks<I, S> tasks;
  private final Workers workers;
  private final ObjectPool<PerModality<I>> inferences;
  private final ObjectPool<PerModality<I>> projections;
  private final PerModality<I> training;

  /** Write-locked while weights are packed, read-locked while they are used. */
  private final ReentrantReadWriteLock weights = new ReentrantReadWriteLock();

  PackedEncoders(PackedKernels<I, S> kernels, List<Modality> modalities, Parameters parameters) {
    this.kernels = kernels;
    this.modalities = List.copyOf(modalities);
    shape = EncoderShape.of(modalities, parameters);
    List<PassTasks.Encoder<I, S>> encoders = new ArrayList<>();
    int columns = 0;
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        encoders.add(
            new PassTasks.Encoder<>(
                modality, kernels.direction(shape, direction, views, parameters)));
        columns += views.inputs() + views.hidden();
      }
    }
    int threads = ThreadBudget.threads();
    workers = ThreadBudget.isPerCall() ? Workers.perCall(threads) : Workers.shared(threads);
    poolings = PackedPoolings.of(shape, parameters, threads);
    partition = new TaskPartition(threads, encoders.size(), columns);
    tasks = new PassTasks<>(kernels, encoders, partition, shape.hidden());
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
          workers.run(tasks.start(pass, batch, Kept.STATES));
          withCurrentWeights(() -> workers.run(tasks.forward(pass, batch, Forward.INFERENCE)));
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
                  workers.run(tasks.start(projected, batch, Kept.GATES));
                  withCurrentWeights(
                      () -> {
                        workers.run(tasks.projections(projected));
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
          workers.run(tasks.forward(projected, pass, batch, zero));
          workers.run(poolings.forward(pass::get, batch));
        });
    return batch.states();
  }

  private void train(EncoderBatch batch) {
    weights.writeLock().lock();
    try {
      List<Task> first = new ArrayList<>(tasks.start(training, batch, Kept.ALL));
      first.addAll(tasks.packing(LstmWeights::pack));
      workers.run(first);
      if (partition.separateProjection()) {
        workers.run(tasks.projections(training));
        workers.run(tasks.forward(training, batch, Forward.PROJECTED));
      } else {
        workers.run(tasks.forward(training, batch, Forward.TRAINING));
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
    poolings.backward(training::get, states, gradient, workers);
    weights.readLock().lock();
    try {
      workers.run(tasks.backward(training, states, poolings));
    } finally {
      weights.readLock().unlock();
    }
    workers.run(tasks.gradients(training, gradient));
  }

  /** Runs a pass concurrently with others, or exclusively if the weights must be packed first. */
  private void withCurrentWeights(Runnable pass) {
    weights.readLock().lock();
    try {
      if (tasks.areWeightsCurrent()) {
        pass.run();
        return;
      }
    } finally {
      weights.readLock().unlock();
    }
    weights.writeLock().lock();
    try {
      if (!tasks.areWeightsCurrent()) {
        workers.run(tasks.packing(LstmWeights::packForInference));
      }
      pass.run();
    } finally {
      weights.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    gate.close(this::release);
  }

  private void release() {
    workers.close();
    inferences.close();
    projections.close();
    close(training);
    tasks.close();
  }
}
