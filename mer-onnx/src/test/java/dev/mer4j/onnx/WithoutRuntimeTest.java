package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without ONNX Runtime's jar, files can be written and read, and the verification names the jar.
 * Without its native library, the verification names the library.
 */
class WithoutRuntimeTest {
  @TempDir private Path folder;

  @Test
  void filesAreWrittenAndTheVerificationNamesTheMissingJar() throws Exception {
    assertThat(problem(entry -> !entry.contains("onnxruntime")))
        .contains("requires ONNX Runtime")
        .contains("com.microsoft.onnxruntime:onnxruntime");
  }

  @Test
  void aMissingNativeLibraryIsReported() throws Exception {
    String path = "onnxruntime.native.path";
    System.setProperty(path, folder.toString());
    try {
      assertThat(problem(entry -> true))
          .startsWith("ONNX Runtime cannot run on this machine: ")
          .contains(folder.toString());
    } finally {
      System.clearProperty(path);
    }
  }

  /** Returns the message of a verification with some entries of the class path. */
  private String problem(Predicate<String> entries) throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entries)
            .map(entry -> url(Path.of(entry).toUri()))
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Object result =
          loader.loadClass(Steps.class.getName()).getMethod("run", Path.class).invoke(null, folder);
      return (String) result;
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Runs in a class loader of its own. */
  public static final class Steps {
    private Steps() {}

    public static String run(Path folder) {
      Path file = folder.resolve("model.onnx");
      try (MultimodalModel model = TestModels.of(Fusion.concatenation(), LabelSet.MULTI_LABEL)) {
        OnnxFile.write(model, file);
        OnnxFile.read(file).close();
        try {
          return "passed: " + OnnxVerification.of(file, model).isPassed();
        } catch (ConfigException e) {
          return String.valueOf(e.getMessage());
        }
      }
    }
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
