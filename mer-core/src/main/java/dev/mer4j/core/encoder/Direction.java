package dev.mer4j.core.encoder;

/** Which way an LSTM reads its sequence. */
public enum Direction {
  FORWARD(""),
  REVERSE("_reverse");

  private final String suffix;

  Direction(String suffix) {
    this.suffix = suffix;
  }

  /** What PyTorch's {@code nn.LSTM} appends to the names of this direction's parameters. */
  String suffix() {
    return suffix;
  }
}
