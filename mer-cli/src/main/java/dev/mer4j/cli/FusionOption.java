package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Fusion;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fusion named on the command line, which may depend on the number of modalities. */
@FunctionalInterface
interface FusionOption {
  /** The default order of additive fusion: terms of single modalities and of pairs. */
  int DEFAULT_ORDER = 2;

  Pattern ADDITIVE = Pattern.compile("additive(:([1-9]))?");

  /** Returns the fusion of M modalities. */
  Fusion of(int modalities);

  /**
   * Parses {@code concat}, {@code attention}, {@code attention-sum}, {@code additive}, or an order
   * such as {@code additive:1}. The default order is 2, or 1 for one modality.
   *
   * @throws ConfigException if the text is none of these, or the order is invalid
   */
  static FusionOption parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.equals("concat")) {
      return modalities -> Fusion.concatenation();
    }
    if (name.equals("attention")) {
      return modalities -> Fusion.attention();
    }
    if (name.equals("attention-sum")) {
      return modalities -> Fusion.attentionSum();
    }
    Matcher additive = ADDITIVE.matcher(name);
    if (!additive.matches()) {
      throw new ConfigException(
          "'"
              + text
              + "' is not a fusion: concat, attention, attention-sum, additive or additive:ORDER");
    }
    if (additive.group(2) == null) {
      return modalities -> Fusion.additive(Math.min(DEFAULT_ORDER, modalities));
    }
    Fusion ordered = Fusion.additive(Integer.parseInt(additive.group(2)));
    return modalities -> ordered;
  }
}
