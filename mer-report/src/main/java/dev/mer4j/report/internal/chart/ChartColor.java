package dev.mer4j.report.internal.chart;

import dev.mer4j.data.Modality;
import java.awt.Color;
import java.util.Locale;

/**
 * A colour by its role: a page shows it light or dark, a picture always light. Those of modalities
 * are told apart by colour-blind eyes too (Okabe and Ito, 2008).
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

  /** The colour of everything that a modality did. */
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

  /** As a value of CSS: a variable that the page sets. */
  public String css() {
    return "var(--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
  }
}
