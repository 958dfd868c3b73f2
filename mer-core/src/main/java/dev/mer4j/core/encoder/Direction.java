package dev.mer4j.core.encoder;

/** The direction in which an LSTM reads its sequence. */
public enum Direction {
  FORWARD(""),
  REVERSE("_reverse");

  private final String suffix;

  Direction(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the suffix that PyTorch's {@code nn.LSTM} gives the parameters of this direction. */
  String suffix() {
    return suffix;
  }
}
