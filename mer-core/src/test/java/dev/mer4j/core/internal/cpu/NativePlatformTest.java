package dev.mer4j.core.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Linux, riscv64, linux-riscv64",
    "Windows 11, amd64, windows-x86_64",
    "Windows Server 2025, aarch64, windows-aarch64",
    "Mac OS X, x86_64, macos-x86_64",
    "Mac OS X, aarch64, macos-aarch64",
    "FreeBSD, amd64, freebsd-x86_64",
  })
  void isNamedByTheJvmsProperties(String os, String architecture, String platform) {
    assertThat(NativePlatform.of(os, architecture)).hasToString(platform);
  }
}
