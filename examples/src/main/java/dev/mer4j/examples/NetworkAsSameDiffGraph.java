package dev.mer4j.examples;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.samediff.NetworkGraph;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a model as an ND4J graph, in which every intermediate result has a name. */
public final class NetworkAsSameDiffGraph {
  private NetworkAsSameDiffGraph() {}

  public static void main(String[] arguments) {
    try (MultimodalModel model = TrainOnYourArrays.model()) {
      SegmentSet segments = ToyClips.of("test", 1, 3);
      Prediction prediction = model.predict(segments).rows().get(0);
      double[] ofGraph = probabilities(model, segments);
      for (Emotion emotion : Emotion.MOSEI) {
        System.out.println(
            emotion.key()
                + ": "
                + ofGraph[Emotion.MOSEI.indexOf(emotion)]
                + ", model: "
                + prediction.probability(emotion));
      }
    }
  }

  /**
   * Returns the probabilities [C] of the first segment, which has all of the model's modalities.
   */
  static double[] probabilities(MultimodalModel model, SegmentSet segments) {
    NetworkGraph network = new NetworkGraph(model);
    Map<String, INDArray> inputs = new HashMap<>();
    model
        .config()
        .inputs()
        .forEach((modality, width) -> put(inputs, model, segments, modality, width));
    inputs.put("presence", Nd4j.ones(1, model.config().inputs().size()));
    inputs.put("dropout", Nd4j.ones(1, model.config().head().width()));
    String name = network.outputs().probabilities().name();
    return network.graph().output(inputs, name).get(name).toDoubleVector();
  }

  private static void put(
      Map<String, INDArray> inputs,
      MultimodalModel model,
      SegmentSet segments,
      Modality modality,
      int width) {
    int steps = segments.info(0).steps(modality);
    float[] values = new float[steps * width];
    segments.read(0, modality, values, 0);
    double[] mean = model.standardization().of(modality).mean();
    double[] scale = model.standardization().of(modality).scale();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean[i % width]) * scale[i % width]);
    }
    INDArray lastStep = Nd4j.zeros(1, steps, 1);
    lastStep.putScalar(new int[] {0, steps - 1, 0}, 1);
    inputs.put(modality.key(), Nd4j.createFromArray(values).reshape(1, steps, width));
    inputs.put(modality.key() + "_lengths", Nd4j.createFromArray(steps));
    inputs.put(modality.key() + "_last_step", lastStep);
  }
}
