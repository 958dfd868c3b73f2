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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without ONNX Runtime's jar, files can be written and read, and the verification names the jar.
 */
class WithoutRuntimeTest {
  @TempDir private Path folder;

  @Test
  void filesAreWrittenAndTheVerificationNamesTheMissingJar() throws Exception {
    URL[] without =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("onnxruntime"))
            .map(entry -> url(Path.of(entry).toUri()))
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
      Object result =
          loader.loadClass(Steps.class.getName()).getMethod("run", Path.class).invoke(null, folder);

      assertThat((String) result)
          .contains("requires ONNX Runtime")
          .contains("com.microsoft.onnxruntime:onnxruntime");
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Runs in the class loader without ONNX Runtime. */
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
