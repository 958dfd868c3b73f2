package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceInfo;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import dev.mer4j.seed.SeedStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs all encoders on one GPU. The weights stay there and a batch's features are copied there
 * once; states and gradients are copied back, or stay on the GPU in a {@link CudaTrainingSession}.
 * Owns the device.
 */
public final class CudaEncoders implements Encoders {
  private final UseGate gate = new UseGate("the model");
  private final Device device;
  private final List<Modality> modalities;
  private final int stateWidth;
  private final DeviceStream stream;
  private final PhaseTimer timer;
  private final DeviceModel model;
  private final DeviceParameters parameters;
  private final Workspace workspace;
  private final CudaKernels kernels;
  private final Passes passes;
  private final FeatureInputs inputs;
  private final PinnedBuffer states;
  private final GradientNorm norm;
  private final DeviceAdamW optimizer;
  private List<PackedRows> latest = List.of();

  CudaEncoders(
      Device device, ProductPrecision products, List<Modality> modalities, Parameters parameters) {
    this.device = device;
    this.modalities = modalities;
    EncoderTensors tensors = EncoderTensors.of(modalities, parameters);
    this.stateWidth = tensors.shape().stateWidth();
    this.stream = device.stream();
    this.timer = new PhaseTimer(device, stream);
    this.model = new DeviceModel(device, stream, tensors.all(), parameters);
    this.parameters = model.encoders();
    Recurrence recurrence = Recurrence.of(tensors.shape().hidden(), device.info());
    this.kernels = CudaKernels.load(device, recurrence, products, tensors.shape().pooling());
    this.workspace = new Workspace(device, tensors.shape(), recurrence.hidden());
    this.passes =
        new Passes(device, stream, kernels, recurrence, tensors, this.parameters, workspace);
    this.inputs =
        new FeatureInputs(
            device,
            stream,
            modalities,
            workspace,
            new Gather(device, stream, kernels.gather(), tensors.widths(), workspace));
    this.states = device.pinned("states");
    this.norm = new GradientNorm(device, stream, kernels.module());
    this.optimizer = new DeviceAdamW(device, stream, kernels.module(), model);
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.BATCH_FIRST;
  }

  @Override
  public PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training) {
    return gate.use(
        () -> forward(sequences, presence, training, rows -> inputs.load(sequences, rows)));
  }

  /** Starts copying a batch's features to the GPU; has no effect if closed. */
  void prefetch(Batch batch) {
    gate.runIfOpen(() -> inputs.prefetch(batch));
  }

  /** Frees the memory of resident features; has no effect if closed. */
  void releaseResident() {
    gate.runIfOpen(inputs::releaseResident);
  }

  private PerModality<float[]> forward(
      PerModality<Sequences> sequences,
      Presence presence,
      boolean training,
      Consumer<List<PackedRows>> loadInputs) {
    List<PackedRows> rows = run(sequences, presence, training, loadInputs);
    FloatBuffer staging = states.floats(workspace.stateValues());
    timer.measure(
        Phase.STATES,
        () -> stream.download(states, workspace.states(0, 0), workspace.stateValues()));
    stream.synchronize();
    PerModality.Builder<float[]> result = PerModality.builder();
    for (Modality modality : modalities) {
      float[] state = new float[presence.size() * stateWidth];
      staging.get(state);
      result.put(modality, state);
    }
    if (training) {
      latest = rows;
    }
    return result.build();
  }

  /** Enqueues a forward pass and returns its rows. */
  private List<PackedRows> run(
      PerModality<Sequences> sequences,
      Presence presence,
      boolean training,
      Consumer<List<PackedRows>> loadInputs) {
    device.use();
    latest = List.of();
    List<ActiveRows> active =
        modalities.stream().map(m -> ActiveRows.of(sequences.get(m), m, presence)).toList();
    workspace.requireFits(modalities, active);
    List<PackedRows> rows = active.stream().map(PackedRows::of).toList();
    workspace.allocate(rows, presence.size(), training);
    timer.measure(Phase.WEIGHTS, () -> parameters.refresh(passes::pack));
    timer.measure(
        Phase.UPLOAD,
        () -> {
          passes.plan(rows);
          loadInputs.accept(rows);
          stream.clear(workspace.states(0, 0), workspace.stateValues());
        });
    timer.measure(Phase.PROJECTION, () -> passes.project(rows));
    timer.measure(Phase.FORWARD, () -> passes.forward(rows));
    return rows;
  }

  @Override
  public void backward(PerModality<float[]> stateGradients, float[] gradient) {
    gate.run(() -> differentiate(stateGradients, gradient));
  }

  private void differentiate(PerModality<float[]> stateGradients, float[] gradient) {
    if (latest.isEmpty()) {
      throw new IllegalStateException("backward requires a preceding training pass");
    }
    List<PackedRows> rows = latest;
    device.use();
    FloatBuffer staging = states.floats(workspace.stateValues());
    for (Modality modality : modalities) {
      staging.put(stateGradients.get(modality));
    }
    timer.measure(
        Phase.STATE_GRADIENTS,
        () -> stream.upload(workspace.stateGradients(0, 0), states, workspace.stateValues()));
    runBackward(rows);
    timer.measure(Phase.GRADIENT, parameters::fetchGradient);
    stream.synchronize();
    latest = List.of();
    parameters.read(gradient);
  }

  private void runBackward(List<PackedRows> rows) {
    timer.measure(Phase.BACKWARD, () -> passes.backward(rows));
    timer.measure(Phase.WEIGHT_GRADIENTS, () -> passes.weightGradients(rows));
  }

  /**
   * Enqueues forward and backward of encoders and head, and returns the address of each row's part
   * of the loss [B]. All results stay on the GPU.
   */
  long differentiate(CudaHead head, Batch batch, Presence kept, SeedStream headDropout) {
    List<PackedRows> rows =
        run(batch.sequences(), kept, true, packed -> inputs.load(batch, packed));
    timer.measure(
        Phase.HEAD,
        () ->
            head.differentiate(
                workspace.states(0, 0),
                workspace.stateGradients(0, 0),
                kept,
                batch.targets(),
                headDropout));
    runBackward(rows);
    return head.losses();
  }

  /** Creates a head on the GPU. */
  CudaHead openHead(HeadShape shape, Loss loss) {
    return gate.use(
        () ->
            new CudaHead(
                gate,
                device,
                stream,
                new HeadKernels(kernels.module(), stream),
                shape,
                model,
                loss));
  }

  /**
   * Starts a session that runs complete steps on the GPU.
   *
   * @param network the network of the session
   * @param head a head with the session's loss
   */
  CudaTrainingSession startTraining(
      CudaNetwork network, CudaHead head, TrainingOptions options, Batcher batches) {
    int batchSize = Math.min(batches.batchSize(), batches.segments());
    int maxRows = Math.max(batchSize, Network.INFERENCE_BATCH);
    return gate.use(
        () -> {
          device.use();
          optimizer.reset();
          FeaturePlacement placement = inputs.makeResident(batches, maxRows);
          DeviceUpdate update = new DeviceUpdate(timer, model, norm, optimizer, options);
          return new CudaTrainingSession(network, this, head, update, batches, placement);
        });
  }

  /** Runs work on the GPU, which is not released meanwhile. */
  <R> R use(Supplier<R> work) {
    return gate.use(
        () -> {
          device.use();
          return work.get();
        });
  }

  /** Returns the GPU that runs the encoders. */
  public DeviceInfo device() {
    return device.info();
  }

  /** Returns the GPU time of each phase of the latest passes, in milliseconds. */
  public Map<Phase, Double> times() {
    return gate.use(timer::milliseconds);
  }

  @Override
  public void close() {
    gate.close(this::release);
  }

  private void release() {
    inputs.stop();
    try {
      model.copyToHost();
    } catch (RuntimeException | Error e) {
      Device.closeAfter(e, device);
      throw e;
    }
    device.close();
  }
}
