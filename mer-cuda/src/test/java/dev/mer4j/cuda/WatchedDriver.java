package dev.mer4j.cuda;

import com.sun.jna.ptr.IntByReference;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** Counts the calls of a driver, lets one of them fail, and may lie about an attribute. */
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

  /** Lets the n-th call of a function from now on return a status instead of doing its work. */
  WatchedDriver failing(String function, int n, int status) {
    failing = function;
    failingCall = calls(function) + n;
    this.status = status;
    return this;
  }

  /** Lets an attribute of the device have a value. */
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
        // Other tests use the same emulated memory, and count what is left in it.
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

  /** How often each function was called. */
  Map<String, Integer> calls() {
    return Map.copyOf(calls);
  }

  int calls(String function) {
    return calls.getOrDefault(function, 0);
  }

  /** How much a function has copied. */
  long bytes(String function) {
    return bytes.getOrDefault(function, 0L);
  }

  /** What was made and is still there, by the function that made it. */
  Map<String, Integer> left() {
    Map<String, Integer> left = new TreeMap<>();
    RELEASES.forEach(
        (make, release) -> {
          int count = succeeded.getOrDefault(make, 0) - succeeded.getOrDefault(release, 0);
          if (count != 0) {
            left.put(make, count);
          }
        });
    return left;
  }

  /** The function that makes what another one releases; itself if it releases nothing. */
  static String maker(String function) {
    return RELEASES.entrySet().stream()
        .filter(each -> each.getValue().equals(function))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(function);
  }
}
