package dev.mer4j.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.file.WholeFile;
import dev.mer4j.onnx.internal.graph.GraphParameters;
import dev.mer4j.onnx.internal.graph.ModelGraph;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.ModelProto;
import dev.mer4j.onnx.internal.proto.StringStringEntryProto;
import dev.mer4j.onnx.internal.proto.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a model as an ONNX file, and reads such a file. {@code docs/onnx.md} describes the graph's
 * inputs, outputs and metadata.
 */
public final class OnnxFile {
  /** The name that identifies files of mer4j. */
  static final String PRODUCER = "mer4j";

  /** Recognizes ONNX files that mer4j wrote. */
  public static final FileMark MARK = new ProducerMark(PRODUCER);

  /** The largest size of a file, protobuf's and that of an array. */
  private static final long MOST_FILE_BYTES = Integer.MAX_VALUE - 8;

  /** The largest size of the parameters, so that the file stays below its own. */
  private static final long MOST_BYTES = MOST_FILE_BYTES - (64L << 20);

  private OnnxFile() {}

  /**
   * Writes a model of unknown provenance. The model must not be trained meanwhile.
   *
   * @throws ConfigException if the model is too large for the format, its encoders compute another
   *     function than {@link Backend#LSTM}, or the names of its modalities coincide with names of
   *     the graph
   * @throws FileException if the file cannot be written, or exists and is not an ONNX file of mer4j
   */
  public static void write(MultimodalModel model, Path file) {
    write(model, Provenance.UNKNOWN, OutputFile.of(file, MARK));
  }

  /** Writes a model as {@link #write(MultimodalModel, Path)} does, with its provenance. */
  public static void write(MultimodalModel model, Provenance provenance, OutputFile file) {
    if (model.parameters().size() * (long) Float.BYTES > MOST_BYTES) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "an ONNX file holds at most 2 GiB, this model has %,d parameters of four bytes",
              model.parameters().size()));
    }
    String function = model.trainedBackend().function();
    if (!function.equals(Backend.LSTM)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "the model's encoders compute '%s'; only those that compute '%s' can be written as"
                  + " ONNX",
              function,
              Backend.LSTM));
    }
    ModelProto proto = proto(model, provenance);
    file.write(
        channel -> {
          OutputStream out = Channels.newOutputStream(channel);
          proto.writeTo(out);
          out.flush();
        });
  }

  private static ModelProto proto(MultimodalModel model, Provenance provenance) {
    GraphProto graph = ModelGraph.of(model);
    ModelProto.Builder proto =
        ModelProto.newBuilder()
            .setIrVersion(Version.IR_VERSION_2019_1_22_VALUE)
            .setProducerName(PRODUCER)
            .setDocString(
                "Multimodal emotion classifier: features and lengths of each modality to the"
                    + " probabilities of the metadata's labels.")
            .setGraph(graph);
    proto.addOpsetImportBuilder().setDomain("").setVersion(ModelGraph.OPSET);
    Map<String, String> metadata = Metadata.of(model, provenance);
    metadata.put(Metadata.GRAPH, sha256(graph));
    metadata.forEach(
        (key, value) ->
            proto.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return proto.build();
  }

  private static String sha256(GraphProto graph) {
    return Sha256.of(graph.toByteArray());
  }

  /**
   * Reads a model from a file that {@link #write} wrote. It predicts the same and runs on the
   * preferred backend that supports it.
   *
   * @throws FileException if the file cannot be read, was not written by mer4j, or its graph was
   *     changed since
   */
  public static MultimodalModel read(Path file) {
    ModelProto proto = parse(file);
    Metadata metadata = metadata(file, proto);
    if (!sha256(proto.getGraph()).equals(metadata.values().get(Metadata.GRAPH))) {
      throw new FileException(
          file,
          "its graph was changed after mer4j wrote it, so that its configuration is unknown; import"
              + " the original file");
    }
    try {
      return model(metadata, new GraphParameters(proto.getGraph()));
    } catch (FileException e) {
      throw e;
    } catch (IllegalArgumentException | MerException e) {
      throw new FileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Allocates nothing until every constant is known to be in the file with the right shape. */
  private static MultimodalModel model(Metadata metadata, GraphParameters constants) {
    ModelConfig config = metadata.config();
    constants.require(config);
    MultimodalModel model = MultimodalModel.builder().config(config).build();
    try {
      constants.copyTo(model);
      model.setThresholds(metadata.thresholds());
      metadata.temperatures().ifPresent(model::setTemperatures);
      model.setTermMeans(metadata.termMeans());
      return model;
    } catch (IllegalArgumentException | MerException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Returns the provenance that {@link #write} stored in a file.
   *
   * @throws FileException if the file cannot be read, or was not written by mer4j
   */
  public static Provenance provenance(Path file) {
    return metadata(file, parse(file)).provenance();
  }

  private static Metadata metadata(Path file, ModelProto proto) {
    Map<String, String> values = new LinkedHashMap<>();
    proto.getMetadataPropsList().forEach(each -> values.put(each.getKey(), each.getValue()));
    if (!proto.getProducerName().equals(PRODUCER) || !values.containsKey(Metadata.GRAPH)) {
      throw new FileException(
          file, "is not an ONNX file of mer4j; models of other programs cannot be read");
    }
    return new Metadata(file, values);
  }

  private static ModelProto parse(Path file) {
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw new FileException(file, "is not an ONNX file: larger than 2 GiB");
      }
      return ModelProto.parseFrom(WholeFile.bytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new FileException(file, "is not an ONNX file, or truncated", e);
    } catch (IOException e) {
      String problem = Files.exists(file) ? "cannot be read: " + IoReason.of(e) : "no such file";
      throw new FileException(file, problem, e);
    }
  }
}
