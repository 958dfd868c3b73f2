package dev.mer4j.eval.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** What all pictures share. */
final class Picture {
  /** Pixels. */
  static final int WIDTH = 1200;

  static final Color INK = new Color(0x22282e);
  static final Color BLUE = new Color(0x2a6f97);
  static final Color GREY = new Color(0xb8bec4);

  private Picture() {}

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory can always be encoded", e);
    }
    return bytes.toByteArray();
  }
}
