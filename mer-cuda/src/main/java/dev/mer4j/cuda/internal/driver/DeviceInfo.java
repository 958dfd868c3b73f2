package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;

/**
 * The properties of a GPU.
 *
 * @param major the major number of its compute capability
 * @param minor the minor number of its compute capability
 * @param multiprocessors the number of streaming multiprocessors
 * @param sharedBytes the most shared memory that one block can request
 * @param clockKilohertz the peak clock rate of the multiprocessors
 * @param memoryKilohertz the peak clock rate of the memory, with two transfers per cycle
 * @param memoryBits the width of the memory bus
 * @param driverVersion the CUDA version of the driver; 12040 is CUDA 12.4
 */
public record DeviceInfo(
    String name,
    int major,
    int minor,
    int multiprocessors,
    int sharedBytes,
    int clockKilohertz,
    int memoryKilohertz,
    int memoryBits,
    int driverVersion) {
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int MULTIPROCESSORS = 16;
  private static final int SHARED_BYTES_OF_A_BLOCK = 97;
  private static final int CLOCK = 13;
  private static final int MEMORY_CLOCK = 36;
  private static final int MEMORY_BITS = 37;

  static DeviceInfo of(Calls calls, int device) {
    byte[] name = new byte[256];
    calls.check(
        calls.driver().cuDeviceGetName(name, name.length, device),
        "cuDeviceGetName",
        () -> "device " + device);
    IntByReference version = new IntByReference();
    calls.check(
        calls.driver().cuDriverGetVersion(version), "cuDriverGetVersion", () -> "no argument");
    return new DeviceInfo(
        Native.toString(name),
        attribute(calls, device, CAPABILITY_MAJOR),
        attribute(calls, device, CAPABILITY_MINOR),
        attribute(calls, device, MULTIPROCESSORS),
        attribute(calls, device, SHARED_BYTES_OF_A_BLOCK),
        attribute(calls, device, CLOCK),
        attribute(calls, device, MEMORY_CLOCK),
        attribute(calls, device, MEMORY_BITS),
        version.getValue());
  }

  private static int attribute(Calls calls, int device, int attribute) {
    IntByReference value = new IntByReference();
    calls.check(
        calls.driver().cuDeviceGetAttribute(value, attribute, device),
        "cuDeviceGetAttribute",
        () -> "attribute " + attribute + " of device " + device);
    return value.getValue();
  }

  /** Returns whether the compute capability is at least {@code major.minor}. */
  public boolean isAtLeast(int major, int minor) {
    return this.major > major || (this.major == major && this.minor >= minor);
  }

  /** Returns the driver's version in NVIDIA's notation, such as 12.4. */
  public String driver() {
    return driverVersion / 1000 + "." + driverVersion % 1000 / 10;
  }
}
