package dev.mer4j.report.internal.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers rounded like Python: the exact binary value, half to even. */
public final class Decimal {
  private Decimal() {}

  /** Formats with three decimals; undefined numbers are a dash. */
  public static String of(double value) {
    return of(value, 3);
  }

  /** Formats with three decimals and a sign. */
  public static String signed(double value) {
    return signed(value, 3);
  }

  public static String signed(double value, int decimals) {
    return (value > 0 ? "+" : "") + of(value, decimals);
  }

  /** Formats with the given decimals; undefined numbers are a dash. */
  public static String of(double value, int decimals) {
    return Double.isNaN(value)
        ? "-"
        : new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
