package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {
  @Test
  void executorsGetTheSettingsOfTheDriver() throws IOException, ClassNotFoundException {
    Configuration driver = new Configuration();
    driver.set("fs.test.key", "value");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new HadoopSettings(driver));
    }

    Configuration executor;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      executor = ((HadoopSettings) in.readObject()).configuration();
    }

    assertThat(executor.get("fs.test.key")).isEqualTo("value");
    assertThat(executor.get("fs.defaultFS")).isEqualTo(driver.get("fs.defaultFS"));
    assertThat(HadoopSettings.isLocal(executor, new Path("file:///data.parquet"))).isTrue();
  }
}
