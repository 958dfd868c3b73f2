package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphSessionsTest {
  private final SameDiff graph = SameDiff.create();

  @Test
  void graphKeepsNoSessionOfEarlierThreads() throws InterruptedException {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2);
    SDVariable w = graph.var("w", Nd4j.ones(DataType.FLOAT, 2));
    x.mul(w).sum().rename("loss");
    graph.setLossVariables("loss");
    for (int n = 0; n < 3; n++) {
      inThread(() -> graph.output(input(), "loss"));
      inThread(() -> graph.calculateGradients(input(), "w"));
    }
    assertThat(graph.getSessions()).hasSize(1);
    assertThat(graph.getFunction("grad").getSessions()).hasSize(1);
  }

  private void inThread(Runnable pass) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              pass.run();
              GraphSessions.reset(graph);
            });
    thread.start();
    thread.join();
  }

  private static Map<String, INDArray> input() {
    return Map.of("x", Nd4j.ones(DataType.FLOAT, 2));
  }
}
