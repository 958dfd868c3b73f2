package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class BackendsTest {
  private static final EncoderShape SHAPE = shape(128);

  /** A backend that supports hidden sizes up to {@code most}. */
  private record Fake(String name, int priority, Optional<String> unavailableReason, int most)
      implements Backend {
    private Fake(String name, int priority, Optional<String> unavailableReason) {
      this(name, priority, unavailableReason, 4096);
    }

    @Override
    public Optional<String> unsupportedReason(EncoderShape shape) {
      return shape.hidden() <= most
          ? Optional.empty()
          : Optional.of(String.format(Locale.ROOT, "up to %d, not %d", most, shape.hidden()));
    }

    @Override
    public Encoders open(List<Modality> modalities, Parameters parameters) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Backend BROKEN = new Fake("fast", 200, Optional.of("no library"));
  private static final Backend SLOW = new Fake("slow", 0, Optional.empty());
  private static final Backend GOOD = new Fake("good", 100, Optional.empty());

  private final List<String> warnings = new ArrayList<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  @Test
  void slowerBackendIsUsedWithOneWarningThatGivesTheReason() {
    List<Backend> backends = List.of(BROKEN, GOOD, SLOW);
    assertThat(Backends.best(backends, SHAPE, log(), warned)).isSameAs(GOOD);
    assertThat(Backends.best(backends, SHAPE, log(), warned)).isSameAs(GOOD);
    assertThat(warnings)
        .containsExactly(
            "the encoders run on backend 'good', because faster ones are unavailable: fast (no library)");
  }

  @Test
  void fastestBackendIsUsedWithoutWarning() {
    assertThat(Backends.best(List.of(GOOD, SLOW), SHAPE, log(), warned)).isSameAs(GOOD);
    assertThat(warnings).isEmpty();
  }

  @Test
  void errorGivesTheReasonIfNoneIsAvailable() {
    assertThatThrownBy(() -> Backends.best(List.of(BROKEN), SHAPE, log(), warned))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fast (no library)");
  }

  @Test
  void skipsBackendsThatDoNotSupportTheShape() {
    Backend small = new Fake("small", 300, Optional.empty(), 256);
    List<Backend> backends = List.of(small, GOOD, SLOW);
    assertThat(Backends.best(backends, shape(256), log(), warned)).isSameAs(small);
    assertThat(Backends.best(backends, shape(257), log(), warned)).isSameAs(GOOD);
    assertThatThrownBy(() -> Backends.best(List.of(small), shape(257), log(), warned))
        .isInstanceOf(ConfigException.class)
        .hasMessage("no backend can run this model on this machine: small (up to 256, not 257)");
  }

  @Test
  void negativePriorityIsUsedOnlyOnRequest() {
    Backend rounding = new Fake("rounding", -1, Optional.empty());
    assertThatThrownBy(() -> Backends.best(List.of(BROKEN, rounding), SHAPE, log(), warned))
        .isInstanceOf(ConfigException.class);
  }

  private static EncoderShape shape(int hidden) {
    return new EncoderShape(PerModality.of(Modality.TEXT, 300), hidden);
  }

  /** Returns a logger that records all messages. */
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
