package dev.mer4j.core.internal.packed;

import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.cpu.NativePlatform;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An instruction set that the kernels are compiled for. */
enum InstructionSet {
  /** The baseline of x86-64. */
  ANY,
  /** AVX2 with FMA, x86-64-v3. */
  AVX2,
  /** AVX-512, x86-64-v4. */
  AVX512,
  /** The baseline of aarch64. */
  NEON;

  /** The environment variable that limits the instruction set. */
  static final String VARIABLE = "MER4J_MAX_ISA";

  private static final String BASELINE = ANY.lowerCase();

  /** Returns the sets of an architecture, the slowest first. */
  static List<InstructionSet> of(NativePlatform platform) {
    return platform.architecture().equals(NativePlatform.AARCH64)
        ? List.of(NEON)
        : List.of(ANY, AVX2, AVX512);
  }

  /**
   * Returns the last set up to a limit.
   *
   * @param sets those that the processor runs, the slowest first
   * @param limit a name in lower case, or {@code any} for the first one; empty for no limit
   * @throws ConfigException if no set of the platform has this name
   */
  static InstructionSet best(NativePlatform platform, List<InstructionSet> sets, String limit) {
    InstructionSet fastest = sets.get(sets.size() - 1);
    if (limit.isEmpty()) {
      return fastest;
    }
    if (limit.equals(BASELINE)) {
      return sets.get(0);
    }
    for (InstructionSet each : of(platform)) {
      if (limit.equals(each.lowerCase())) {
        return sets.contains(each) ? each : fastest;
      }
    }
    String names =
        of(platform).stream()
            .map(InstructionSet::lowerCase)
            .filter(name -> !name.equals(BASELINE))
            .collect(Collectors.joining(", "));
    throw new ConfigException(
        String.format(
            Locale.ROOT,
            "%s must be one of %s, %s on %s: %s",
            VARIABLE,
            BASELINE,
            names,
            platform,
            limit));
  }

  /** Returns the name in lower case, the suffix of the set's functions. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
