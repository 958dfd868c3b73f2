package dev.mer4j.report.internal.chart;

import dev.mer4j.report.internal.chart.TimelineChart.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Words below an axis, each starting at its time, in as many lanes as they need not to overlap.
 *
 * @param placed the words that fit into {@value #MOST} lanes
 * @param lanes the number of lanes
 * @param omitted the number of words that do not fit
 */
record WordLanes(List<Placed> placed, int lanes, int omitted) {
  /** The height of a lane. */
  static final double LANE = 15;

  static final double SIZE = 11;
  private static final int MOST = 40;
  private static final double CHARACTER = 0.62;
  private static final double WIDE = 1.05;
  private static final double GAP = 5;
  private static final int LONGEST = 24;

  /**
   * A word.
   *
   * @param x the left end
   * @param start the place of its start, which {@code x} is left of at the end of the axis
   */
  record Placed(String text, double x, double start, int lane) {
    double right() {
      return x + width(text);
    }
  }

  /**
   * Places words in the first lane in which they overlap no other.
   *
   * @param labels in order of time
   * @param left the pixel of the start of the axis
   * @param right the pixel of its end
   */
  static WordLanes of(List<Label> labels, double left, double right) {
    List<Double> ends = new ArrayList<>();
    List<Placed> placed = new ArrayList<>();
    int omitted = 0;
    for (Label label : labels) {
      String text = Names.shown(label.text(), LONGEST);
      double start = left + label.at() * (right - left);
      double x = Math.max(left, Math.min(start + 2, right - width(text)));
      int lane = 0;
      while (lane < ends.size() && ends.get(lane) + GAP > x) {
        lane++;
      }
      if (lane == MOST) {
        omitted++;
        continue;
      }
      Placed own = new Placed(text, x, start, lane);
      if (lane == ends.size()) {
        ends.add(own.right());
      } else {
        ends.set(lane, own.right());
      }
      placed.add(own);
    }
    return new WordLanes(List.copyOf(placed), ends.size(), omitted);
  }

  /** Returns an upper estimate of the width of a text. */
  private static double width(String text) {
    return SIZE
        * text.codePoints()
            .mapToDouble(c -> "mwMW".indexOf(c) >= 0 || c >= 0x1100 ? WIDE : CHARACTER)
            .sum();
  }

  double height() {
    return lanes == 0 ? 0 : (lanes + (omitted > 0 ? 1 : 0)) * LANE + 6;
  }

  /** Draws the words, and a line from the axis to the start of each. */
  void draw(Canvas canvas, double top) {
    for (Placed word : placed) {
      double y = top + (word.lane() + 1) * LANE;
      canvas.line(word.start(), top, word.start(), y, ChartColor.LINE, 1, false);
    }
    for (Placed word : placed) {
      double y = top + word.lane() * LANE;
      canvas.rect(word.x() - 1, y + 2, word.right() - word.x() + 1, LANE - 2, ChartColor.CARD, 1);
      canvas.text(word.text(), word.x(), y + 12, SIZE, Canvas.Anchor.START, ChartColor.INK, false);
    }
    if (omitted > 0) {
      canvas.text(
          omitted + " more words",
          placed.get(0).x(),
          top + lanes * LANE + 12,
          SIZE,
          Canvas.Anchor.START,
          ChartColor.MUTED,
          false);
    }
  }
}
