package dev.mer4j.report.internal.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a PNG image in light colors, with {@value #SCALE} pixels per pixel of a page. */
final class PngCanvas implements Canvas {
  private static final int SCALE = 3;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(int width, int height) {
    image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    rect(0, 0, width, height, ChartColor.CARD, 1);
  }

  @Override
  public void rect(
      double x,
      double y,
      double width,
      double height,
      ChartColor tone,
      double opacity,
      String tip) {
    graphics.setColor(tone.light());
    graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
    graphics.fill(new RoundRectangle2D.Double(x, y, width, height, 4, 4));
    graphics.setComposite(AlphaComposite.SrcOver);
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, ChartColor tone, double width, boolean dashed) {
    graphics.setColor(tone.light());
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? new float[] {4, 4} : null,
            0));
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void dot(double x, double y, double radius, ChartColor tone) {
    graphics.setColor(tone.light());
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(
      String text, double x, double y, double size, Anchor anchor, ChartColor tone, boolean bold) {
    graphics.setColor(tone.light());
    graphics.setFont(
        new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double left = anchor == Anchor.START ? x : anchor == Anchor.END ? x - width : x - width / 2;
    graphics.drawString(text, (float) left, (float) y);
  }

  @Override
  public void vertical(String text, double x, double y, double size, Anchor anchor) {
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    text(text, x, y, size, anchor, ChartColor.INK, false);
    graphics.setTransform(upright);
  }

  byte[] png() {
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Unlike ImageIO's default stream, this one uses no temporary file.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory can always be encoded", e);
    }
    return bytes.toByteArray();
  }
}
