package dev.mer4j.eval.chart;

import dev.mer4j.data.Modality;
import java.awt.Color;
import java.util.Locale;

/** A colour by its role: a page shows it light or dark, a picture always light. */
public enum Tone {
  INK(0x1d2429),
  MUTED(0x66717a),
  LINE(0xe4e2dc),
  CARD(0xffffff),
  ACCENT(0x1f6f8b),
  FLOOR(0xb4bac0),
  TEXT(0x2b6cb0),
  AUDIO(0xc96a14),
  VISUAL(0x4d8b57);

  private final Color light;

  Tone(int rgb) {
    light = new Color(rgb);
  }

  /** The colour of everything that a modality did. */
  public static Tone of(Modality modality) {
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
    return "var(--" + name().toLowerCase(Locale.ROOT) + ")";
  }
}
