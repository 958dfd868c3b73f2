package dev.mer4j.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The recipe's encoders and head in libtorch. */
final class Network {
  /** D of each modality. */
  static final long[] WIDTHS = {300, 74, 713};

  private static final long HIDDEN = 128;
  private static final long HEAD = 256;
  private static final long EMOTIONS = 6;

  private final List<LSTMImpl> encoders = new ArrayList<>();
  private final LinearImpl first = new LinearImpl(2 * HIDDEN * WIDTHS.length, HEAD);
  private final LinearImpl second = new LinearImpl(HEAD, EMOTIONS);
  private final TensorVector parameters = new TensorVector();

  /** Creates a network with random parameters that uses all cores. */
  Network() {
    torch.manual_seed(1);
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    for (long width : WIDTHS) {
      LSTMOptions options = new LSTMOptions(width, HIDDEN);
      options.bidirectional().put(true);
      options.batch_first().put(true);
      LSTMImpl encoder = new LSTMImpl(options);
      encoders.add(encoder);
      addAll(encoder.parameters());
    }
    addAll(first.parameters());
    addAll(second.parameters());
  }

  private void addAll(TensorVector more) {
    for (long i = 0; i < more.size(); i++) {
      parameters.push_back(more.get(i));
    }
  }

  TensorVector parameters() {
    return parameters;
  }

  /** Returns random targets of a batch. */
  static Tensor targets(long rows) {
    return torch.randn(rows, EMOTIONS).gt(new Scalar(0)).toType(torch.ScalarType.Float);
  }

  /** Returns the states [B, 2HM] of padded rows [B, T, D] of each modality. */
  Tensor states(List<Tensor> inputs) {
    TensorVector states = new TensorVector();
    for (int m = 0; m < encoders.size(); m++) {
      states.push_back(joined(encoders.get(m).forward(inputs.get(m)).get1().get0()));
    }
    return torch.cat(states, 1);
  }

  /** Returns the states of rows of different lengths. */
  Tensor packedStates(List<PackedSequence> inputs) {
    TensorVector states = new TensorVector();
    for (int m = 0; m < encoders.size(); m++) {
      states.push_back(
          joined(encoders.get(m).forward_with_packed_input(inputs.get(m)).get1().get0()));
    }
    return torch.cat(states, 1);
  }

  private static Tensor joined(Tensor last) {
    return last.permute(1, 0, 2).reshape(last.size(1), 2 * HIDDEN);
  }

  Tensor loss(Tensor states, Tensor targets) {
    Tensor hidden = torch.dropout(first.forward(states).relu(), 0.3, true);
    return torch.binary_cross_entropy_with_logits(second.forward(hidden), targets);
  }
}
