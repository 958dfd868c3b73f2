package dev.mer4j.core;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Measures memory outside the heap. */
public final class NativeBytes {
  private static final long PAGE = 4096;

  private NativeBytes() {}

  /** Returns the bytes that JNA has allocated and not yet freed, from JNA's internal list. */
  public static long allocated() {
    try {
      Field field = Memory.class.getDeclaredField("allocatedMemory");
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(null))
          .values().stream()
              .map(memory -> ((Reference<?>) memory).get())
              .filter(Objects::nonNull)
              .mapToLong(memory -> ((Memory) memory).size())
              .sum();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("unsupported version of JNA: " + e, e);
    }
  }

  /** Returns the resident set size of this process on Linux. */
  public static long ofProcess() {
    try {
      return PAGE * Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
