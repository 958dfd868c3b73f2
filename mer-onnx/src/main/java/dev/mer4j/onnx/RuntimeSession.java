package dev.mer4j.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.onnx.internal.graph.GraphOutputs;
import dev.mer4j.onnx.internal.graph.GraphOutputs.Output;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs an ONNX file of a model with ONNX Runtime. */
final class RuntimeSession implements AutoCloseable {
  private final Path file;
  private final PerModality<Integer> widths;
  private final Set<String> outputs;
  private final OrtEnvironment environment;
  private final OrtSession session;

  /**
   * Loads a file of a model.
   *
   * @throws ConfigException if ONNX Runtime cannot run on this machine
   * @throws FileException if ONNX Runtime refuses the file, or it lacks an output of the model
   */
  RuntimeSession(Path file, MultimodalModel model) {
    this.file = file;
    widths = model.config().inputs();
    List<Output> required = new GraphOutputs(model).list();
    outputs = required.stream().map(Output::name).collect(Collectors.toSet());
    environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Threads without work wait, so that they take no time from others.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new FileException(file, "ONNX Runtime cannot load it: " + e.getMessage(), e);
    }
    try {
      requireOutputs(required);
    } catch (MerException e) {
      close();
      throw e;
    }
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      ConfigException unusable =
          new ConfigException("ONNX Runtime cannot run on this machine: " + cause.getMessage());
      unusable.initCause(e);
      throw unusable;
    }
  }

  private void requireOutputs(List<Output> required) {
    try {
      for (Output output : required) {
        NodeInfo node = session.getOutputInfo().get(output.name());
        if (node == null) {
          throw new FileException(
              file, "lacks the output '" + output.name() + "' of the model; export it again");
        }
        requireShape(output, node.getInfo());
      }
    } catch (OrtException e) {
      throw new FileException(file, "ONNX Runtime cannot load it: " + e.getMessage(), e);
    }
  }

  private void requireShape(Output output, ValueInfo found) {
    if (found instanceof TensorInfo tensor && tensor.type.name().equals(output.type().name())) {
      List<Long> shape = Arrays.stream(tensor.getShape()).boxed().toList();
      List<Long> expected = output.shape().stream().map(Integer::longValue).toList();
      if (!shape.isEmpty() && shape.subList(1, shape.size()).equals(expected)) {
        return;
      }
    }
    throw new FileException(
        file,
        String.format(
            Locale.ROOT,
            "its output '%s' is not %s [B, %s], as that of the model: %s",
            output.name(),
            output.type(),
            String.join(", ", output.shape().stream().map(String::valueOf).toList()),
            found));
  }

  /**
   * The outputs of a batch.
   *
   * @param probabilities [B, C]
   * @param decisions [B, C]
   * @param calibrated [B, C]; none without temperatures
   * @param attention [B, M]; none without attention
   * @param contributions [B, 1 + T, C]; none without additive fusion
   */
  record Outputs(
      float[][] probabilities,
      boolean[][] decisions,
      float[][] calibrated,
      float[][] attention,
      float[][][] contributions) {}

  /** Runs the segments [from, to) as one batch. */
  Outputs run(SegmentSet segments, int from, int to) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (Modality modality : widths.modalities()) {
        put(inputs, segments, modality, from, to);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return new Outputs(
            get(result, "probabilities", new float[0][]),
            get(result, "decisions", new boolean[0][]),
            get(result, "calibrated", new float[0][]),
            get(result, "attention", new float[0][]),
            get(result, "contributions", new float[0][][]));
      }
    } catch (OrtException e) {
      throw new FileException(file, "ONNX Runtime cannot run it: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private void put(
      Map<String, OnnxTensor> inputs, SegmentSet segments, Modality modality, int from, int to)
      throws OrtException {
    int width = widths.get(modality);
    long[] lengths = new long[to - from];
    int steps = 0;
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = segments.info(from + b).steps(modality);
      steps = Math.max(steps, (int) lengths[b]);
    }
    float[] values = new float[lengths.length * steps * width];
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] > 0) {
        segments.read(from + b, modality, values, b * steps * width);
      }
    }
    long[] shape = {lengths.length, steps, width};
    inputs.put(
        modality.key(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
    inputs.put(
        modality.key() + "_length",
        OnnxTensor.createTensor(
            environment, LongBuffer.wrap(lengths), new long[] {lengths.length}));
  }

  /** Returns an output, or the given value if the model does not have it. */
  private <T> T get(OrtSession.Result result, String name, T absent) throws OrtException {
    Object value = outputs.contains(name) ? result.get(name).orElseThrow().getValue() : absent;
    @SuppressWarnings("unchecked") // ONNX Runtime returns arrays of the output's type and rank
    T cast = (T) absent.getClass().cast(value);
    return cast;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new MerException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
