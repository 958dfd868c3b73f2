package dev.mer4j.report.internal.chart;

import dev.mer4j.data.Modality;
import java.awt.Color;
import java.util.Locale;

/**
 * A color by its role. A page has a light and a dark variant, a PNG only the light one. The colors
 * of modalities are distinguishable with color vision deficiency (Okabe and Ito, 2008).
 */
public enum ChartColor {
  INK(0x1b2227),
  MUTED(0x5b666e),
  LINE(0xe3e1da),
  CARD(0xffffff),
  ACCENT(0x1f6f8b),
  HEAT(0x0f5f7d),
  ON_HEAT(0xffffff),
  FLOOR(0x8c959c),
  TEXT(0x0072b2),
  AUDIO(0xe69f00),
  VISUAL(0x009e73);

  private final Color light;

  ChartColor(int rgb) {
    light = new Color(rgb);
  }

  /** Returns the color of a modality. */
  public static ChartColor of(Modality modality) {
    return switch (modality) {
      case TEXT -> TEXT;
      case AUDIO -> AUDIO;
      case VISUAL -> VISUAL;
    };
  }

  Color light() {
    return light;
  }

  /** Returns the CSS value: a variable that the page defines. */
  public String css() {
    return "var(--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
  }
}
