package dev.mer4j.eval.chart;

import java.util.Locale;

/** A picture of numbers. */
public abstract sealed class Chart permits BarChart, HeatMap, LineChart {
  static final double SIZE = 12;

  private static final int WIDTH = 480;
  private static final int TITLE = 36;

  private final String title;
  private final int height;

  Chart(String title, int height) {
    this.title = title;
    this.height = height;
  }

  public String title() {
    return title;
  }

  /** Draws all but the title, from (0, 0) to ({@link #width()}, {@link #height()}). */
  abstract void draw(Canvas canvas);

  static int width() {
    return WIDTH;
  }

  int height() {
    return height;
  }

  /** An {@code svg} element that fills its place; the page says the title itself. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas();
    draw(canvas);
    return "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
        .formatted(WIDTH, height, Escaped.escape(title), canvas.svg());
  }

  /** A picture 1440 pixels wide, with its title. */
  public byte[] png() {
    PngCanvas canvas = new PngCanvas(WIDTH, height + TITLE);
    canvas.text(title, WIDTH / 2.0, 22, 14, Canvas.Anchor.MIDDLE, Tone.INK, true);
    draw(new Shifted(canvas));
    return canvas.png();
  }

  static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Leaves room for the title. */
  private record Shifted(Canvas canvas) implements Canvas {
    @Override
    public void rect(double x, double y, double width, double height, Tone tone, double opacity) {
      canvas.rect(x, y + TITLE, width, height, tone, opacity);
    }

    @Override
    public void line(
        double x1, double y1, double x2, double y2, Tone tone, double width, boolean dashed) {
      canvas.line(x1, y1 + TITLE, x2, y2 + TITLE, tone, width, dashed);
    }

    @Override
    public void dot(double x, double y, double radius, Tone tone) {
      canvas.dot(x, y + TITLE, radius, tone);
    }

    @Override
    public void text(
        String text, double x, double y, double size, Anchor anchor, Tone tone, boolean bold) {
      canvas.text(text, x, y + TITLE, size, anchor, tone, bold);
    }
  }
}
