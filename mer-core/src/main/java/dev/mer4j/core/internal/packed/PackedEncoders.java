package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.core.internal.cpu.ObjectPool;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.internal.cpu.Workers.Task;
import dev.mer4j.core.internal.packed.PackedLstm.Forward;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Runs each pass as parallel tasks: each direction of each modality by groups of rows, the weight
 * gradients by columns. No sum is split, so results are bit-identical for any number of threads.
 */
final class PackedEncoders implements Encoders {
  private static final int FILLED_STEPS = 64;

  private record Encoder(Modality modality, PackedLstm lstm) {}

  private final UseGate gate = new UseGate("the model");
  private final List<Encoder> encoders = new ArrayList<>();
  private final List<Modality> modalities;
  private final EncoderShape shape;
  private final PackedPoolings poolings;
  private final TaskPartition partition;
  private final Workers workers;
  private final ObjectPool<NativeBuffer> scratch =
      new ObjectPool<>(NativeBuffer::new, NativeBuffer::close);
  private final ObjectPool<PackedPass> inferences;
  private final PackedPass training;

  /** Write-locked while weights are packed, read-locked while they are used. */
  private final ReentrantReadWriteLock weights = new ReentrantReadWriteLock();

  PackedEncoders(
      LstmKernels kernels, boolean bf16, List<Modality> modalities, Parameters parameters) {
    this.modalities = List.copyOf(modalities);
    shape = EncoderShape.of(modalities, parameters);
    int columns = 0;
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        PackedLstm lstm = new PackedLstm(kernels, bf16, shape, direction, views, parameters);
        encoders.add(new Encoder(modality, lstm));
        columns += views.inputs() + views.hidden();
      }
    }
    int threads = ThreadBudget.threads();
    workers = ThreadBudget.isPerCall() ? Workers.perCall(threads) : new Workers(threads);
    poolings = PackedPoolings.of(shape, parameters, threads);
    partition = new TaskPartition(threads, encoders.size(), columns);
    inferences = new ObjectPool<>(() -> new PackedPass(this.modalities), PackedPass::close);
    training = new PackedPass(this.modalities);
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
          workers.run(start(pass, batch, false));
          withCurrentWeights(() -> workers.run(forward(pass, batch, Forward.INFERENCE)));
          workers.run(poolings.forward(pass::input, batch));
        });
  }

  private void train(EncoderBatch batch) {
    weights.writeLock().lock();
    try {
      List<Task> tasks = start(training, batch, true);
      encoders.forEach(each -> tasks.add(packing(each, PackedWeights::pack)));
      workers.run(tasks);
      if (partition.separateProjection()) {
        workers.run(contributions());
        workers.run(forward(training, batch, Forward.PROJECTED));
      } else {
        workers.run(forward(training, batch, Forward.TRAINING));
      }
      workers.run(poolings.forward(training::input, batch));
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
    poolings.backward(training::input, states, gradient, workers);
    for (Encoder each : encoders) {
      PackedInput input = training.input(each.modality());
      PackedPooling pooling = poolings.find(each.modality());
      for (Group group : input.rows().groups(partition.groups())) {
        float[] own = states.get(each.modality());
        recurrences.add(
            withScratch(
                group.total(), memory -> each.lstm().backward(input, group, memory, own, pooling)));
      }
      if (input.rows().total() == 0) {
        each.lstm().clear(gradient);
      } else {
        sums.addAll(gradients(each.lstm(), input, gradient));
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
  private List<Task> start(PackedPass pass, EncoderBatch batch, boolean training) {
    List<Task> tasks = new ArrayList<>();
    for (Modality modality : modalities) {
      PackedInput input = pass.input(modality);
      Sequences values = batch.sequences(modality);
      PackedRows rows = PackedRows.of(batch.rows(modality));
      input.start(rows, values.width());
      for (int t = 0; t < rows.steps(); t += FILLED_STEPS) {
        int from = t;
        int end = Math.min(rows.steps(), from + FILLED_STEPS);
        tasks.add(new Task(values.width(), () -> input.fill(values, from, end)));
      }
    }
    encoders.forEach(each -> each.lstm().start(pass.input(each.modality()), training));
    return tasks;
  }

  private List<Task> contributions() {
    List<Task> tasks = new ArrayList<>();
    for (Encoder each : encoders) {
      PackedLstm lstm = each.lstm();
      PackedInput input = training.input(each.modality());
      int total = input.rows().total();
      int chunks = TaskPartition.contributions(total);
      for (int c = 0; c < chunks; c++) {
        int first = c * LstmKernels.CHUNK;
        int count = Math.min(total - first, LstmKernels.CHUNK);
        long cost = (long) count * lstm.weights().inputs();
        tasks.add(withScratch(cost, memory -> lstm.project(input, first, count, memory)));
      }
    }
    return tasks;
  }

  private List<Task> forward(PackedPass pass, EncoderBatch batch, Forward mode) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder each : encoders) {
      PackedLstm lstm = each.lstm();
      PackedInput input = pass.input(each.modality());
      float[] states = batch.states(each.modality());
      int groups = mode == Forward.PROJECTED ? partition.groups() : partition.projectingGroups();
      for (Group group : input.rows().groups(groups)) {
        int inputs = mode == Forward.PROJECTED ? 0 : lstm.weights().inputs();
        long cost = (long) group.total() * (inputs + shape.hidden());
        tasks.add(withScratch(cost, memory -> lstm.forward(input, group, mode, memory, states)));
      }
    }
    return tasks;
  }

  private List<Task> gradients(PackedLstm lstm, PackedInput input, float[] gradient) {
    List<Task> tasks = new ArrayList<>();
    int total = input.rows().total();
    for (Columns part : partition.columns(lstm.weights().inputs())) {
      long cost = (long) total * part.count();
      tasks.add(withScratch(cost, memory -> lstm.inputGradient(input, part, memory, gradient)));
    }
    for (Columns part : partition.columns(shape.hidden())) {
      long cost = (long) total * part.count();
      tasks.add(withScratch(cost, memory -> lstm.recurrentGradient(input, part, memory, gradient)));
    }
    tasks.add(withScratch(total, memory -> lstm.biasGradient(input, memory, gradient)));
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
            encoders.stream().map(each -> packing(each, PackedWeights::packForInference)).toList());
      }
      pass.run();
    } finally {
      weights.writeLock().unlock();
    }
  }

  private boolean current() {
    return encoders.stream().allMatch(each -> each.lstm().weights().current());
  }

  private static Task packing(Encoder encoder, Consumer<PackedWeights> packer) {
    PackedWeights packed = encoder.lstm().weights();
    return new Task(packed.inputs(), () -> packer.accept(packed));
  }

  private Task withScratch(long cost, Consumer<NativeBuffer> work) {
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
    training.close();
    encoders.forEach(each -> each.lstm().close());
  }
}
