package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
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

/** Runs each pass on the heap, as the same parallel tasks as {@link PackedEncoders}. */
final class JavaEncoders implements Encoders {
  private static final int FILLED_STEPS = 64;

  private record Encoder(Modality modality, JavaLstm lstm) {}

  private final UseGate gate = new UseGate("the model");
  private final List<Encoder> encoders = new ArrayList<>();
  private final List<Modality> modalities;
  private final EncoderShape shape;
  private final PackedPoolings poolings;
  private final TaskPartition partition;
  private final Workers workers;
  private final ObjectPool<JavaScratch> scratch;
  private final ObjectPool<PerModality<JavaInput>> inferences;
  private final PerModality<JavaInput> training;

  /** Write-locked while weights are packed, read-locked while they are used. */
  private final ReentrantReadWriteLock weights = new ReentrantReadWriteLock();

  JavaEncoders(List<Modality> modalities, Parameters parameters) {
    this.modalities = List.copyOf(modalities);
    shape = EncoderShape.of(modalities, parameters);
    int columns = 0;
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        JavaLstm lstm = JavaLstm.of(direction, views, parameters, shape.stateWidth());
        encoders.add(new Encoder(modality, lstm));
        columns += views.inputs() + shape.hidden();
      }
    }
    int threads = ThreadBudget.threads();
    workers =
        ThreadBudget.isPerCall() ? Workers.perCall(threads) : Workers.withoutNativeCode(threads);
    poolings = PackedPoolings.of(shape, parameters, threads);
    partition = new TaskPartition(threads, encoders.size(), columns);
    scratch = new ObjectPool<>(() -> new JavaScratch(shape.hidden()), unused -> {});
    inferences = new ObjectPool<>(this::inputs, unused -> {});
    training = inputs();
  }

  private PerModality<JavaInput> inputs() {
    return PerModality.of(modalities, modality -> new JavaInput());
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
      PerModality<Sequences> sequences, Presence presence, boolean train) {
    EncoderBatch batch = EncoderBatch.of(shape, sequences, presence);
    gate.run(
        () -> {
          if (train) {
            train(batch);
          } else {
            inferences.accept(pass -> infer(pass, batch));
          }
        });
    return batch.states();
  }

  private void infer(PerModality<JavaInput> pass, EncoderBatch batch) {
    workers.run(start(pass, batch, false));
    withCurrentWeights(() -> workers.run(forward(pass, batch, Forward.INFERENCE)));
    workers.run(poolings.forward(pass::get, batch));
  }

  private void train(EncoderBatch batch) {
    weights.writeLock().lock();
    try {
      List<Task> tasks = start(training, batch, true);
      encoders.forEach(each -> tasks.add(packing(each, JavaWeights::pack)));
      workers.run(tasks);
      if (partition.separateProjection()) {
        workers.run(projections());
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
    for (Encoder each : encoders) {
      JavaInput input = training.get(each.modality());
      float[] own = states.get(each.modality());
      JavaBackward backward = each.lstm().backward();
      PackedPooling pooling = poolings.find(each.modality());
      for (Group group : input.rows().groups(partition.groups())) {
        recurrences.add(
            withScratch(group.total(), memory -> backward.run(input, group, memory, own, pooling)));
      }
      if (input.rows().total() == 0) {
        each.lstm().gradients().clear(gradient);
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
  private List<Task> start(PerModality<JavaInput> pass, EncoderBatch batch, boolean train) {
    List<Task> tasks = new ArrayList<>();
    for (Modality modality : modalities) {
      JavaInput input = pass.get(modality);
      Sequences values = batch.sequences(modality);
      PackedRows rows = PackedRows.of(batch.rows(modality));
      input.start(rows, values.width(), shape, train);
      for (int t = 0; t < rows.steps(); t += FILLED_STEPS) {
        int from = t;
        int end = Math.min(rows.steps(), from + FILLED_STEPS);
        tasks.add(new Task(values.width(), () -> input.fill(values, from, end)));
      }
    }
    return tasks;
  }

  private List<Task> projections() {
    List<Task> tasks = new ArrayList<>();
    for (Encoder each : encoders) {
      JavaForward forward = each.lstm().forward();
      JavaInput input = training.get(each.modality());
      int total = input.rows().total();
      for (int c = 0; c < TaskPartition.contributions(total); c++) {
        int first = c * LstmKernels.CHUNK;
        int count = Math.min(total - first, LstmKernels.CHUNK);
        long cost = (long) count * each.lstm().weights().width();
        tasks.add(withScratch(cost, memory -> forward.project(input, first, count, memory)));
      }
    }
    return tasks;
  }

  private List<Task> forward(PerModality<JavaInput> pass, EncoderBatch batch, Forward mode) {
    List<Task> tasks = new ArrayList<>();
    for (Encoder each : encoders) {
      JavaForward forward = each.lstm().forward();
      JavaInput input = pass.get(each.modality());
      float[] states = batch.states(each.modality());
      int inputs = mode == Forward.PROJECTED ? 0 : each.lstm().weights().width();
      for (Group group : input.rows().groups(partition.groups())) {
        long cost = (long) group.total() * (inputs + shape.hidden());
        tasks.add(withScratch(cost, memory -> forward.run(input, group, mode, memory, states)));
      }
    }
    return tasks;
  }

  private List<Task> gradients(JavaLstm lstm, JavaInput input, float[] gradient) {
    List<Task> tasks = new ArrayList<>();
    JavaGradients gradients = lstm.gradients();
    long total = input.rows().total();
    for (Columns part : partition.columns(lstm.weights().width())) {
      tasks.add(
          withScratch(
              total * part.count(), memory -> gradients.inputs(input, part, memory, gradient)));
    }
    for (Columns part : partition.columns(shape.hidden())) {
      tasks.add(
          withScratch(
              total * part.count(), memory -> gradients.recurrent(input, part, memory, gradient)));
    }
    tasks.add(withScratch(total, memory -> gradients.biases(input, memory, gradient)));
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
            encoders.stream().map(each -> packing(each, JavaWeights::packForInference)).toList());
      }
      pass.run();
    } finally {
      weights.writeLock().unlock();
    }
  }

  private boolean current() {
    return encoders.stream().allMatch(each -> each.lstm().weights().current());
  }

  private static Task packing(Encoder encoder, Consumer<JavaWeights> packer) {
    JavaWeights packed = encoder.lstm().weights();
    return new Task(packed.width(), () -> packer.accept(packed));
  }

  private Task withScratch(long cost, Consumer<JavaScratch> work) {
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
    training.values().forEach(JavaInput::clear);
  }
}
