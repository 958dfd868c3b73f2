package dev.mer4j.eval.benchmark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.eval.FixedSets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of the benchmark: a protocol and its setting.
 *
 * @param rate the rate or level of a protocol that has one; 0 otherwise
 * @param kept the modalities that {@link Protocol#FIXED} keeps; empty otherwise
 * @param rates the rate of each modality of {@link Protocol#IMBALANCED}; empty otherwise
 */
public record Condition(
    Protocol protocol, double rate, ModalitySet kept, PerModality<Double> rates) {
  /** The condition in which every segment has its own modalities. */
  public static final Condition FULL =
      new Condition(Protocol.FULL, 0, ModalitySet.NONE, PerModality.of());

  /** Rates of missing modalities above which input is called fragile, and below reliable. */
  private static final double FRAGILE = 0.8;

  private static final double RELIABLE = 0.2;
  private static final double LARGEST_LEVEL = 100;

  public Condition {
    rates = rates.sorted();
    boolean level = protocol == Protocol.GAUSSIAN;
    if (protocol.hasCurve() && !(rate > 0 && rate <= (level ? LARGEST_LEVEL : 1))) {
      throw new ConfigException(
          protocol.key()
              + (level ? ": the level must be in (0, 100]: " : ": the rate must be in (0, 1]: ")
              + rate);
    }
    rates.forEach(Condition::requireRate);
  }

  private static void requireRate(Modality modality, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new ConfigException(
          "imbalanced: the rate of " + modality.key() + " must be in [0, 1]: " + rate);
    }
  }

  /** Returns the condition in which every segment keeps these modalities. */
  public static Condition fixed(ModalitySet kept) {
    return new Condition(Protocol.FIXED, 0, kept, PerModality.of());
  }

  /** Returns a condition of a protocol with one rate. */
  public static Condition at(Protocol protocol, double rate) {
    return new Condition(protocol, rate, ModalitySet.NONE, PerModality.of());
  }

  /** Returns the condition in which each modality is missing at its own rate. */
  public static Condition imbalanced(PerModality<Double> rates) {
    return new Condition(Protocol.IMBALANCED, 0, ModalitySet.NONE, rates);
  }

  /** Returns the default conditions of a protocol for data with these modalities. */
  static List<Condition> of(Protocol protocol, ModalitySet modalities) {
    return switch (protocol) {
      case FULL -> List.of(FULL);
      case FIXED ->
          FixedSets.of(modalities).stream()
              .filter(set -> !set.equals(modalities))
              .map(Condition::fixed)
              .toList();
      case IMBALANCED ->
          modalities.size() < 2
              ? List.of()
              : modalities.toList().stream().map(each -> fragile(each, modalities)).toList();
      default -> protocol.rates().stream().map(rate -> at(protocol, rate)).toList();
    };
  }

  private static Condition fragile(Modality fragile, ModalitySet modalities) {
    return imbalanced(
        PerModality.of(modalities.toList(), each -> each.equals(fragile) ? FRAGILE : RELIABLE));
  }

  /**
   * Returns the name, such as {@code full}, {@code fixed:text+audio}, {@code frame:0.3} or {@code
   * imbalanced:text=0.8+audio=0.2}.
   */
  public String name() {
    return switch (protocol) {
      case FULL -> protocol.key();
      case FIXED -> protocol.key() + ":" + kept;
      case IMBALANCED ->
          protocol.key()
              + ":"
              + rates.modalities().stream()
                  .map(each -> each.key() + "=" + rates.get(each))
                  .collect(Collectors.joining("+"));
      default -> protocol.key() + ":" + rate;
    };
  }

  /**
   * Parses {@link #name}.
   *
   * @throws ConfigException if the text is malformed
   */
  public static Condition parse(String text) {
    int colon = text.indexOf(':');
    Protocol protocol = Protocol.of(colon < 0 ? text : text.substring(0, colon));
    String setting = colon < 0 ? "" : text.substring(colon + 1);
    if (setting.isEmpty() != (protocol == Protocol.FULL)) {
      throw new ConfigException(
          "condition '" + text + "' must be a protocol, ':' and its setting, such as frame:0.3");
    }
    return switch (protocol) {
      case FULL -> FULL;
      case FIXED -> fixed(ModalitySet.parse(setting.replace('+', ',')));
      case IMBALANCED -> imbalanced(parseRates(text, setting));
      default -> at(protocol, parseRate(text, setting));
    };
  }

  private static PerModality<Double> parseRates(String text, String setting) {
    List<Modality> seen = new ArrayList<>();
    PerModality.Builder<Double> rates = PerModality.builder();
    for (String each : setting.split("\\+", -1)) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw new ConfigException(
            "condition '" + text + "' must name rates, such as imbalanced:text=0.2+audio=0.8");
      }
      Modality modality = Modality.of(each.substring(0, equals));
      if (seen.contains(modality)) {
        throw new ConfigException("condition '" + text + "' names " + modality.key() + " twice");
      }
      seen.add(modality);
      rates.put(modality, parseRate(text, each.substring(equals + 1)));
    }
    return rates.build();
  }

  private static double parseRate(String text, String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new ConfigException("condition '" + text + "' has '" + number + "' in place of a rate");
    }
  }
}
