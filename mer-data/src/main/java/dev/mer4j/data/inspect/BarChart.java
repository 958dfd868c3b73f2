package dev.mer4j.data.inspect;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Bars side by side, as an SVG picture whose colours are those of the page.
 *
 * @param title what is counted, and by what
 * @param left what stands under the first bar; if nothing does, each has its label under it, and
 *     its height above
 * @param right what stands under the last bar
 * @param bars from left to right
 * @param mark where to draw an upright line, in bars from the left; negative for none
 * @param markLabel what the line is
 */
record BarChart(
    String title, String left, String right, List<Bar> bars, double mark, String markLabel) {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 150;
  private static final int TOP = 18;
  private static final int BOTTOM = 18;

  BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param label what it is, in words
   */
  record Bar(String label, double height) {}

  /** Draws a histogram, with a line at a value; a negative one draws none. */
  static BarChart of(String title, Histogram histogram, String unit, double at, String atLabel) {
    List<Integer> counts = histogram.counts();
    int last = counts.size() - 1;
    List<Bar> bars =
        IntStream.rangeClosed(0, last)
            .mapToObj(
                i ->
                    new Bar(
                        String.format(
                            Locale.ROOT,
                            "%s%s %s: %,d",
                            number(i * histogram.binWidth()),
                            i == last ? " and more" : "-" + number((i + 1) * histogram.binWidth()),
                            unit,
                            counts.get(i)),
                        counts.get(i)))
            .toList();
    double mark = at / histogram.binWidth();
    return new BarChart(
        title,
        "0",
        "beyond " + number(last * histogram.binWidth()) + " " + unit,
        bars,
        mark <= last ? mark : -1,
        atLabel);
  }

  String toSvg() {
    double most = bars.stream().mapToDouble(Bar::height).max().orElse(0);
    double step = (double) WIDTH / Math.max(1, bars.size());
    int room = HEIGHT - TOP - BOTTOM;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">",
        Html.escape(title),
        WIDTH,
        HEIGHT,
        Html.escape(title));
    for (int i = 0; i < bars.size(); i++) {
      double height = most > 0 ? room * bars.get(i).height() / most : 0;
      add(
          svg,
          "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>%s</title></rect>",
          i * step + 0.08 * step,
          TOP + room - height,
          0.84 * step,
          height,
          Html.escape(bars.get(i).label()));
    }
    int base = HEIGHT - BOTTOM;
    add(svg, "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", WIDTH, base, base);
    if (left.isEmpty()) {
      for (int i = 0; i < bars.size(); i++) {
        double height = bars.get(i).height();
        double middle = (i + 0.5) * step;
        text(svg, middle, HEIGHT - 5, "middle", bars.get(i).label());
        double above = base - 4 - (most > 0 ? room * height / most : 0);
        text(svg, middle, above, "middle", number(height));
      }
    } else {
      text(svg, WIDTH, TOP - 6, "end", "most: " + number(most));
      text(svg, 0, HEIGHT - 5, "start", left);
      text(svg, WIDTH, HEIGHT - 5, "end", right);
    }
    if (mark >= 0) {
      double x = mark * step;
      add(
          svg,
          "<line class=\"mark\" x1=\"%.2f\" x2=\"%.2f\" y1=\"%d\" y2=\"%d\"/>",
          x,
          x,
          TOP - 4,
          base);
      add(
          svg,
          "<text class=\"mark\" x=\"%.2f\" y=\"12\" text-anchor=\"%s\">%s</text>",
          x > WIDTH / 2.0 ? x - 5 : x + 5,
          x > WIDTH / 2.0 ? "end" : "start",
          Html.escape(markLabel));
    }
    return svg.append("</svg></figure>").toString();
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    add(
        svg,
        "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        Html.escape(text));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String number(double value) {
    return value == Math.rint(value) || value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
