package dev.mer4j.report.internal.chart;

import java.util.Locale;

/** Draws SVG with the page's colors. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();

  @Override
  public void rect(
      double x,
      double y,
      double width,
      double height,
      ChartColor tone,
      double opacity,
      String tip) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" fill=\"%s\""
            + " fill-opacity=\"%.3f\"%s",
        x,
        y,
        width,
        height,
        tone.css(),
        opacity,
        tip.isEmpty() ? "/>" : "><title>" + Escaped.escape(tip) + "</title></rect>");
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, ChartColor tone, double width, boolean dashed) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
            + " stroke-width=\"%.1f\" stroke-linecap=\"round\"%s/>",
        x1, y1, x2, y2, tone.css(), width, dashed ? " stroke-dasharray=\"4 4\"" : "");
  }

  @Override
  public void dot(double x, double y, double radius, ChartColor tone) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, tone.css());
  }

  @Override
  public void text(
      String text, double x, double y, double size, Anchor anchor, ChartColor tone, boolean bold) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>",
        x,
        y,
        size,
        anchor.name().toLowerCase(Locale.ROOT),
        tone.css(),
        bold ? " font-weight=\"600\"" : "",
        Escaped.escape(text));
  }

  @Override
  public void vertical(String text, double x, double y, double size, Anchor anchor) {
    add(
        "<text x=\"%1$.1f\" y=\"%2$.1f\" font-size=\"%3$.1f\" text-anchor=\"%4$s\" fill=\"%5$s\""
            + " transform=\"rotate(-90 %1$.1f %2$.1f)\">%6$s</text>",
        x,
        y,
        size,
        anchor.name().toLowerCase(Locale.ROOT),
        ChartColor.INK.css(),
        Escaped.escape(text));
  }

  String svg() {
    return svg.toString();
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments));
  }
}
