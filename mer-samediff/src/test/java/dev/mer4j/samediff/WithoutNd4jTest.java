package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.data.PerModality;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With this module's jar but without those of ND4J, the other backends remain usable. */
class WithoutNd4jTest {
  @Test
  void otherBackendsAreFoundWithoutNd4j() throws Exception {
    URL[] without =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("nd4j"))
            .map(entry -> url(Path.of(entry).toUri()))
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
      Class<?> backends = loader.loadClass(Backends.class.getName());
      Class<?> backend = loader.loadClass(Backend.class.getName());
      List<String> usable = new ArrayList<>();
      List<String> unusable = new ArrayList<>();
      for (Object each : (List<?>) backends.getMethod("all").invoke(null)) {
        String name = (String) backend.getMethod("name").invoke(each);
        Optional<?> why =
            (Optional<?>) backends.getMethod("unavailableReason", backend).invoke(null, each);
        why.ifPresentOrElse(w -> unusable.add(name + ": " + w), () -> usable.add(name));
      }
      assertThat(usable).contains("native");
      assertThat(unusable)
          .anySatisfy(line -> assertThat(line).containsIgnoringCase("samediff").contains("nd4j"));
      Class<?> shape = loader.loadClass(EncoderShape.class.getName());
      Class<?> perModality = loader.loadClass(PerModality.class.getName());
      Object inputs = perModality.getMethod("of", Map.class).invoke(null, modalities(loader));
      Object small = shape.getConstructor(perModality, int.class).newInstance(inputs, 8);
      Object best = backends.getMethod("best", shape).invoke(null, small);
      assertThat(backend.getMethod("name").invoke(best)).isEqualTo(usable.get(0));
    }
  }

  private static Map<?, ?> modalities(ClassLoader loader) throws Exception {
    Object text = loader.loadClass("dev.mer4j.data.Modality").getField("TEXT").get(null);
    return Map.of(text, 5);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
