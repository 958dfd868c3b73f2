package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class EncoderEnginesTest {
  private record Fake(String name, int preference, Optional<String> whyUnavailable)
      implements EncoderEngine {
    @Override
    public Encoders open(Set<Modality> modalities, Parameters parameters) {
      throw new UnsupportedOperationException();
    }
  }

  private static final EncoderEngine BROKEN = new Fake("fast", 200, Optional.of("no library"));
  private static final EncoderEngine SLOW = new Fake("slow", 0, Optional.empty());
  private static final EncoderEngine GOOD = new Fake("good", 100, Optional.empty());

  private final List<String> warnings = new ArrayList<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  @Test
  void theLastResortIsUsedWithOneWarningThatSaysWhy() {
    assertThat(EncoderEngines.best(List.of(BROKEN, SLOW), log(), warned)).isSameAs(SLOW);
    assertThat(EncoderEngines.best(List.of(BROKEN, SLOW), log(), warned)).isSameAs(SLOW);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("engine 'slow'", "fast (no library)");
  }

  @Test
  void anotherEngineIsUsedWithoutAWord() {
    assertThat(EncoderEngines.best(List.of(BROKEN, GOOD, SLOW), log(), warned)).isSameAs(GOOD);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whereNoneWorksTheErrorSaysWhy() {
    assertThatThrownBy(() -> EncoderEngines.best(List.of(BROKEN), log(), warned))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fast (no library)");
  }

  /** Keeps what is logged, however many arguments it has. */
  private Logger log() {
    return (Logger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              Object[] values = {arguments[1], arguments[2]};
              warnings.add(
                  MessageFormatter.arrayFormat((String) arguments[0], values).getMessage());
              return null;
            });
  }
}
