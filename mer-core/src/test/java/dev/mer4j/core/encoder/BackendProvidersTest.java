package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that cannot be loaded is reported, and the others remain usable. */
class BackendProvidersTest {
  @TempDir Path folder;

  @Test
  void skipsMissingClasses() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Backend.class.getName()), "org.example.Missing\nnot a name\n");
    URL[] added = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(added, getClass().getClassLoader())) {
      List<Backend> found = BackendProviders.find(loader);
      assertThat(found).extracting(Backend::name).contains("native", "native-bf16");
      assertThat(found)
          .filteredOn(UnusableBackend.class::isInstance)
          .extracting(backend -> backend.unavailableReason().orElseThrow())
          .anyMatch(reason -> reason.contains("not a name") || reason.contains("syntax"));
    }
    Files.writeString(services.resolve(Backend.class.getName()), "org.example.Missing\n");
    try (URLClassLoader loader = new URLClassLoader(added, getClass().getClassLoader())) {
      assertThat(BackendProviders.find(loader))
          .filteredOn(UnusableBackend.class::isInstance)
          .extracting(backend -> backend.unavailableReason().orElseThrow())
          .singleElement()
          .asString()
          .contains("org.example.Missing not found");
    }
  }

  /** Loads a backend whose superclass is in a missing jar. */
  @Test
  void reportsClassesThatCannotBeLinked() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Backend.class.getName()), Unlinked.class.getName());
    Path classes = Files.createDirectories(folder.resolve("dev/mer4j/core/encoder"));
    String name = Unlinked.class.getName();
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = Unlinked.class.getResourceAsStream(file)) {
      Files.write(classes.resolve(file), in.readAllBytes());
    }
    URL[] own = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(own, new WithoutTests())) {
      assertThat(BackendProviders.find(loader))
          .filteredOn(backend -> backend.name().equals(name))
          .singleElement()
          .satisfies(
              backend ->
                  assertThat(backend.unavailableReason().orElseThrow())
                      .contains("NoClassDefFoundError", "Missing"));
    }
  }

  abstract static class Missing implements Backend {}

  static final class Unlinked extends Missing {
    @Override
    public String name() {
      return "unlinked";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public Optional<String> unavailableReason() {
      return Optional.empty();
    }

    @Override
    public Encoders open(List<Modality> modalities, Parameters parameters) {
      throw new UnsupportedOperationException();
    }
  }

  /** Loads every class except the two above. */
  private static final class WithoutTests extends ClassLoader {
    WithoutTests() {
      super(BackendProvidersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(BackendProvidersTest.class.getName() + "$")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
