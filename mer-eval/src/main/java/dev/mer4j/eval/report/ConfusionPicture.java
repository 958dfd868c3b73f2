package dev.mer4j.eval.report;

import dev.mer4j.data.Emotion;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A confusion matrix as a heat map. Cells show counts and are coloured by their share of the true
 * emotion, so that rare emotions are not drowned by frequent ones.
 *
 * <p>Drawn by hand: XChart's heat maps cannot colour by one number and show another.
 */
final class ConfusionPicture {
  private static final int CELL_WIDTH = 160;
  private static final int CELL_HEIGHT = 110;
  private static final int LEFT = 200;
  private static final int TOP = 130;
  private static final int HEIGHT = 920;

  private final Graphics2D graphics;

  private ConfusionPicture(Graphics2D graphics) {
    this.graphics = graphics;
  }

  static byte[] png(Evaluation evaluation) {
    BufferedImage image = new BufferedImage(Picture.WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      new ConfusionPicture(graphics).draw(evaluation);
    } finally {
      graphics.dispose();
    }
    return Picture.png(image);
  }

  private void draw(Evaluation evaluation) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, Picture.WIDTH, HEIGHT);
    int middle = LEFT + Emotion.COUNT * CELL_WIDTH / 2;
    int bottom = TOP + Emotion.COUNT * CELL_HEIGHT;
    graphics.setColor(Picture.INK);
    text("Confusion matrix: " + evaluation.name(), Font.BOLD, 24, middle, 45);
    text(
        evaluation.singleLabel().segments()
            + " segments, the most probable emotion against the strongest; shares are of the truth",
        Font.PLAIN,
        18,
        middle,
        85);
    text("predicted", Font.PLAIN, 20, middle, bottom + 85);
    graphics.rotate(-Math.PI / 2);
    text("truth", Font.PLAIN, 20, -(TOP + bottom) / 2, 45);
    graphics.rotate(Math.PI / 2);
    for (Emotion emotion : Emotion.values()) {
      int c = emotion.ordinal();
      text(emotion.key(), Font.PLAIN, 18, LEFT + c * CELL_WIDTH + CELL_WIDTH / 2, bottom + 30);
      text(emotion.key(), Font.PLAIN, 18, LEFT - 65, TOP + c * CELL_HEIGHT + CELL_HEIGHT / 2);
      row(evaluation.singleLabel().confusion(), emotion);
    }
  }

  private void row(ConfusionMatrix matrix, Emotion truth) {
    int support = matrix.counts(truth).support();
    for (Emotion predicted : Emotion.values()) {
      int x = LEFT + predicted.ordinal() * CELL_WIDTH;
      int y = TOP + truth.ordinal() * CELL_HEIGHT;
      int count = matrix.count(truth, predicted);
      double share = support == 0 ? 0 : (double) count / support;
      graphics.setColor(shade(share));
      graphics.fillRect(x, y, CELL_WIDTH - 2, CELL_HEIGHT - 2);
      graphics.setColor(share > 0.55 ? Color.WHITE : Picture.INK);
      int middle = x + CELL_WIDTH / 2 - 1;
      text(Integer.toString(count), Font.BOLD, 22, middle, y + CELL_HEIGHT / 2 - 14);
      String percent = support == 0 ? "-" : Decimal.of(100 * share, 0) + " %";
      text(percent, Font.PLAIN, 16, middle, y + CELL_HEIGHT / 2 + 18);
    }
  }

  private void text(String text, int style, int size, int middleX, int middleY) {
    graphics.setFont(Picture.font(style, size));
    var metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        middleX - metrics.stringWidth(text) / 2,
        middleY + (metrics.getAscent() - metrics.getDescent()) / 2);
  }

  /** From nearly white at 0 to blue at 1. */
  private static Color shade(double share) {
    return new Color(
        mix(0xf2, Picture.BLUE.getRed(), share),
        mix(0xf6, Picture.BLUE.getGreen(), share),
        mix(0xfa, Picture.BLUE.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
