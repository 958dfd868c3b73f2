package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceEvent;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Measures the GPU time of phases with events in a stream. */
final class PhaseTimer {
  private record Span(DeviceEvent from, DeviceEvent to) {}

  private final Device device;
  private final DeviceStream stream;
  private final Map<Phase, Span> spans = new EnumMap<>(Phase.class);
  private final Set<Phase> recorded = EnumSet.noneOf(Phase.class);

  PhaseTimer(Device device, DeviceStream stream) {
    this.device = device;
    this.stream = stream;
    for (Phase phase : Phase.values()) {
      spans.put(phase, new Span(device.event(), device.event()));
    }
  }

  /** Enqueues work between two events. */
  void measure(Phase phase, Runnable work) {
    Span span = span(phase);
    recorded.remove(phase);
    span.from().record(stream);
    work.run();
    span.to().record(stream);
    recorded.add(phase);
  }

  /** Returns the latest time of each phase in milliseconds; all work must be complete. */
  Map<Phase, Double> milliseconds() {
    device.use();
    Map<Phase, Double> times = new EnumMap<>(Phase.class);
    for (Phase phase : recorded) {
      times.put(phase, span(phase).to().millisecondsSince(span(phase).from()));
    }
    return times;
  }

  private Span span(Phase phase) {
    return Objects.requireNonNull(spans.get(phase));
  }
}
