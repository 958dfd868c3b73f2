package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.Seeds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkGraphTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(10, 6, 4);

  @Test
  void completeGraphGivesTheModelsLossAndGradient() {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(3)
            .headWidth(5)
            .headDropout(0)
            .fusion(Fusion.attention())
            .seed(2)
            .build()) {
      Batch batch = Batcher.builder(SEGMENTS).batchSize(10).build().inOrder().iterator().next();
      Step step = model.step(batch, batch.presence(), new Seeds(0).stream("none"));
      NetworkGraph network = new NetworkGraph(model);
      Map<String, INDArray> inputs = inputs(batch);
      String loss = network.outputs().loss().name();
      double found = network.graph().output(inputs, loss).get(loss).getDouble(0);
      assertThat(found).isCloseTo(step.loss(), within(1e-6));
      String weight = "encoders.visual.weight_hh_l0_reverse";
      float[] gradient =
          network.graph().calculateGradients(inputs, weight).get(weight).dup('c').data().asFloat();
      int offset = model.parameters().view(weight).offset();
      for (int i = 0; i < gradient.length; i++) {
        assertThat(gradient[i]).isCloseTo(step.gradient()[offset + i], within(1e-7f));
      }
    }
  }

  private static Map<String, INDArray> inputs(Batch batch) {
    Map<String, INDArray> inputs = new HashMap<>();
    INDArray presence = Nd4j.zeros(batch.size(), Modality.COUNT);
    for (Modality modality : Modality.values()) {
      Sequences x = batch.sequences().get(modality);
      INDArray values = Nd4j.zeros(batch.size(), x.steps(), x.width());
      INDArray lastStep = Nd4j.zeros(batch.size(), x.steps(), 1);
      int[] lengths = new int[batch.size()];
      for (int b = 0; b < batch.size(); b++) {
        lengths[b] = Math.max(1, x.lengths()[b]);
        if (batch.presence().has(b, modality)) {
          presence.putScalar(b, modality.ordinal(), 1);
          if (x.lengths()[b] > 0) {
            lastStep.putScalar(new int[] {b, x.lengths()[b] - 1, 0}, 1);
          }
        }
        for (int t = 0; t < x.lengths()[b]; t++) {
          for (int d = 0; d < x.width(); d++) {
            values.putScalar(new int[] {b, t, d}, x.values()[x.offset(b, t) + d]);
          }
        }
      }
      inputs.put(modality.key(), values);
      inputs.put(modality.key() + "_lengths", Nd4j.createFromArray(lengths));
      inputs.put(modality.key() + "_last_step", lastStep);
    }
    inputs.put("presence", presence);
    inputs.put("dropout", Nd4j.ones(batch.size(), 5));
    inputs.put("targets", Nd4j.createFromArray(batch.targets()).reshape(batch.size(), 6));
    return inputs;
  }
}
