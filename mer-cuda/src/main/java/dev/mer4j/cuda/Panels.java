package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;

/**
 * The recurrent weights in the layouts of the forward and backward recurrence: two of [4, H, H] per
 * direction.
 */
final class Panels {
  private final DeviceBuffer memory;
  private final int hidden;
  private final int directions;

  /**
   * @param hidden H, padded
   */
  Panels(Device device, int hidden, int directions) {
    this.memory = device.buffer("recurrent weights");
    this.hidden = hidden;
    this.directions = directions;
  }

  /** Returns H, padded. */
  int hidden() {
    return hidden;
  }

  /** Allocates the memory. */
  void allocate() {
    memory.ensure(2L * directions * size());
  }

  long address(int direction, boolean backward) {
    return memory.address() + (2L * direction + (backward ? 1 : 0)) * size() * Float.BYTES;
  }

  private long size() {
    return 4L * hidden * hidden;
  }
}
