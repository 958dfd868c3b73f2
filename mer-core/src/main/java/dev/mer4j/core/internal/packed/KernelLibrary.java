package dev.mer4j.core.internal.packed;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import dev.mer4j.ConfigException;
import dev.mer4j.core.internal.cpu.Jna;
import dev.mer4j.core.internal.cpu.NativeCache;
import dev.mer4j.core.internal.cpu.NativePlatform;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The native library of {@code src/main/c}, with kernels for several instruction sets. */
final class KernelLibrary {
  private static final NativePlatform PLATFORM = NativePlatform.current();

  /** The value of {@code mer_lstm_level} from which on bfloat16 is multiplied. */
  private static final int BF16_LEVEL = 3;

  /**
   * Maps the methods of {@link LstmKernels} to the functions of a set. A record, because JNA reuses
   * a loaded library only with options that print the same.
   */
  private record Names(InstructionSet set) implements FunctionMapper {
    @Override
    public String getFunctionName(NativeLibrary library, Method method) {
      return method.getName() + "_" + set.lowerCase();
    }
  }

  private static @Nullable KernelLibrary opened;

  private final String file;
  private final int level;
  private final Map<InstructionSet, LstmKernels> kernels = new ConcurrentHashMap<>();

  private KernelLibrary(String file) {
    this.file = file;
    level =
        NativeLibrary.getInstance(file).getFunction("mer_lstm_level").invokeInt(new Object[] {});
  }

  /**
   * Loads the library for this platform, on the first call.
   *
   * @throws IOException if the class path does not contain it
   * @throws UnsatisfiedLinkError if it cannot be loaded
   */
  static synchronized KernelLibrary open() throws IOException {
    if (opened == null) {
      opened = load();
    }
    return opened;
  }

  private static KernelLibrary load() throws IOException {
    Jna.prepare();
    String name = System.mapLibraryName("mer4j-lstm");
    String resource = PLATFORM.resource(name);
    Optional<Path> file =
        NativeCache.ofUser().file(name, KernelLibrary.class.getResource(resource));
    return new KernelLibrary(file.isPresent() ? file.get().toString() : temporaryFile(resource));
  }

  private static String temporaryFile(String resource) throws IOException {
    return Native.extractFromResourcePath(resource, KernelLibrary.class.getClassLoader())
        .getAbsolutePath();
  }

  /** Returns the instruction sets that this processor runs, the slowest first. */
  List<InstructionSet> instructionSets() {
    List<InstructionSet> sets = InstructionSet.of(PLATFORM);
    return sets.subList(0, Math.min(level + 1, sets.size()));
  }

  /** Returns the kernels of an instruction set. */
  LstmKernels kernels(InstructionSet set) {
    return kernels.computeIfAbsent(
        set,
        each ->
            Native.load(
                file, LstmKernels.class, Map.of(Library.OPTION_FUNCTION_MAPPER, new Names(each))));
  }

  /**
   * Returns the fastest kernels up to the limit in the environment.
   *
   * @throws ConfigException if the limit is invalid
   */
  LstmKernels kernels() {
    return kernels(selected());
  }

  /**
   * Returns whether the processor multiplies bfloat16 and the limit in the environment permits it.
   */
  boolean multipliesBf16() {
    return level >= BF16_LEVEL && selected() == InstructionSet.AVX512;
  }

  private InstructionSet selected() {
    String limit = System.getenv().getOrDefault(InstructionSet.VARIABLE, "");
    return InstructionSet.best(PLATFORM, instructionSets(), limit);
  }
}
