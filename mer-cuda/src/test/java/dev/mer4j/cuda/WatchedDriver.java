package dev.mer4j.cuda;

import com.sun.jna.ptr.IntByReference;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** A driver that counts calls, and can make one call fail or replace a device attribute. */
final class WatchedDriver {
  private static final Map<String, String> RELEASES =
      Map.of(
          "cuDevicePrimaryCtxRetain", "cuDevicePrimaryCtxRelease_v2",
          "cuMemAlloc_v2", "cuMemFree_v2",
          "cuMemHostAlloc", "cuMemFreeHost",
          "cuStreamCreate", "cuStreamDestroy_v2",
          "cuEventCreate", "cuEventDestroy_v2",
          "cuModuleLoadDataEx", "cuModuleUnload");

  private final CudaDriver driver;
  private final Map<String, Integer> calls = new TreeMap<>();
  private final Map<String, Integer> succeeded = new TreeMap<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private String failing = "";
  private int failingCall;
  private int status;
  private int attribute;
  private int value;

  WatchedDriver(CudaDriver driver) {
    this.driver = driver;
  }

  /** Makes the n-th call of a function from now on return a status without any effect. */
  WatchedDriver failing(String function, int n, int status) {
    failing = function;
    failingCall = calls(function) + n;
    this.status = status;
    return this;
  }

  /** Replaces the value of a device attribute. */
  WatchedDriver reporting(int attribute, int value) {
    this.attribute = attribute;
    this.value = value;
    return this;
  }

  CudaDriver driver() {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (calls.merge(name, 1, Integer::sum) == failingCall && name.equals(failing)) {
      if (RELEASES.containsValue(name)) {
        // Other tests use the same emulated memory and check that it is empty.
        method.invoke(driver, arguments);
      }
      return status;
    }
    if (name.startsWith("cuMemcpy")) {
      bytes.merge(name, (Long) arguments[2], Long::sum);
    }
    try {
      Object result = method.invoke(driver, arguments);
      if (result.equals(0)) {
        succeeded.merge(name, 1, Integer::sum);
      }
      if (name.equals("cuDeviceGetAttribute") && arguments[1].equals(attribute)) {
        ((IntByReference) arguments[0]).setValue(value);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Returns the number of calls of each function. */
  Map<String, Integer> calls() {
    return Map.copyOf(calls);
  }

  int calls(String function) {
    return calls.getOrDefault(function, 0);
  }

  /** Returns the bytes that a function has copied. */
  long bytes(String function) {
    return bytes.getOrDefault(function, 0L);
  }

  /** Returns the number of resources not released, by the function that created them. */
  Map<String, Integer> leaked() {
    Map<String, Integer> leaked = new TreeMap<>();
    RELEASES.forEach(
        (make, release) -> {
          int count = succeeded.getOrDefault(make, 0) - succeeded.getOrDefault(release, 0);
          if (count != 0) {
            leaked.put(make, count);
          }
        });
    return leaked;
  }

  /** Returns the function that creates what a function releases, or the function itself. */
  static String maker(String function) {
    return RELEASES.entrySet().stream()
        .filter(each -> each.getValue().equals(function))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(function);
  }
}
