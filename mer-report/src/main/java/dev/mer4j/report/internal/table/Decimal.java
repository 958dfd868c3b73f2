package dev.mer4j.report.internal.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text, rounded as Python rounds them: the exact binary value, half to even. */
public final class Decimal {
  private Decimal() {}

  /** Three decimals; a dash where the number is not defined. */
  public static String of(double value) {
    return of(value, 3);
  }

  /** Three decimals and a sign. */
  public static String signed(double value) {
    return signed(value, 3);
  }

  public static String signed(double value, int decimals) {
    return (value > 0 ? "+" : "") + of(value, decimals);
  }

  /** A dash where the number is not defined. */
  public static String of(double value, int decimals) {
    return Double.isNaN(value)
        ? "-"
        : new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
