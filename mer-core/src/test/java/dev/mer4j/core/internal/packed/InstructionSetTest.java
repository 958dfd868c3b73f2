package dev.mer4j.core.internal.packed;

import static dev.mer4j.core.internal.packed.InstructionSet.ANY;
import static dev.mer4j.core.internal.packed.InstructionSet.AVX2;
import static dev.mer4j.core.internal.packed.InstructionSet.AVX512;
import static dev.mer4j.core.internal.packed.InstructionSet.NEON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.cpu.NativePlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionSetTest {
  private static final NativePlatform X86 = new NativePlatform("linux", "x86_64");
  private static final NativePlatform ARM = new NativePlatform("macos", "aarch64");

  @ParameterizedTest(name = "limit {0} on a processor with AVX-512: {1}, with AVX2: {2}")
  @CsvSource({"'', AVX512, AVX2", "avx512, AVX512, AVX2", "avx2, AVX2, AVX2", "any, ANY, ANY"})
  void isTheFastestUpToTheLimit(String limit, InstructionSet avx512, InstructionSet avx2) {
    assertThat(InstructionSet.best(X86, List.of(ANY, AVX2, AVX512), limit)).isEqualTo(avx512);
    assertThat(InstructionSet.best(X86, List.of(ANY, AVX2), limit)).isEqualTo(avx2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "any", "neon"})
  void isNeonOnAarch64(String limit) {
    assertThat(InstructionSet.best(ARM, InstructionSet.of(ARM), limit)).isEqualTo(NEON);
  }

  @Test
  void unknownLimitIsAnErrorThatListsTheNames() {
    assertThatThrownBy(() -> InstructionSet.best(X86, InstructionSet.of(X86), "AVX"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("MER4J_MAX_ISA must be one of any, avx2, avx512 on linux-x86_64: AVX");
    assertThatThrownBy(() -> InstructionSet.best(ARM, InstructionSet.of(ARM), "avx2"))
        .hasMessage("MER4J_MAX_ISA must be one of any, neon on macos-aarch64: avx2");
  }
}
