package dev.mer4j.report.internal.chart;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.awt.Color;
import java.util.List;
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
  RAISES(0xc8501e),
  LOWERS(0x2a6db5),
  FLOOR(0x8c959c),
  TEXT(0x0072b2),
  AUDIO(0xe69f00),
  VISUAL(0x009e73),
  OTHER_1(0xcc79a7),
  OTHER_2(0x56b4e9),
  OTHER_3(0xd55e00),
  OTHER_4(0x8c6bb1),
  OTHER_5(0x9a8700);

  private static final PerModality<ChartColor> MOSEI =
      PerModality.of(Modality.TEXT, TEXT, Modality.AUDIO, AUDIO, Modality.VISUAL, VISUAL);
  private static final List<ChartColor> OTHERS =
      List.of(OTHER_1, OTHER_2, OTHER_3, OTHER_4, OTHER_5);

  private final Color light;

  ChartColor(int rgb) {
    light = new Color(rgb);
  }

  /**
   * Returns the color of a modality.
   *
   * @param all the modalities of the page; those that are not of CMU-MOSEI cycle a palette
   */
  public static ChartColor of(Modality modality, List<Modality> all) {
    return MOSEI
        .find(modality)
        .orElseGet(
            () -> {
              List<Modality> others = all.stream().filter(each -> !MOSEI.has(each)).toList();
              return OTHERS.get(Math.max(0, others.indexOf(modality)) % OTHERS.size());
            });
  }

  Color light() {
    return light;
  }

  /** Returns the CSS value: a variable that the page defines. */
  public String css() {
    return "var(--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
  }
}
