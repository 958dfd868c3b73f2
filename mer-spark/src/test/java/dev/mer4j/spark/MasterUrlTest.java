package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[*]",
        "local[4]",
        "local[2,3]",
        "local-cluster[2,1,1024]",
        "spark://a:65535",
        "spark://a:7077,b:7077",
        "yarn",
        "k8s://https://a:6443"
      })
  void mastersOfSparkAreAccepted(String text) {
    assertThat(new MasterUrl(text).isLocal())
        .isEqualTo(text.startsWith("local") && !text.startsWith("local-cluster"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "local[]",
        "local[x]",
        "spark://a",
        "spark://a:65536",
        "spark://a:7077,b:99999",
        "a:7077",
        "mesos://a:1"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> new MasterUrl(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown master '" + text + "'");
  }

  @Test
  void aMasterThatAcceptsNoConnectionIsRefused() throws IOException {
    MasterUrl master;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      master = new MasterUrl("spark://127.0.0.1:" + socket.getLocalPort());
      assertThatCode(master::requireReachable).doesNotThrowAnyException();
    }

    assertThatThrownBy(master::requireReachable)
        .isInstanceOf(MerException.class)
        .hasMessageContaining("cannot reach the master " + master.text());
  }
}
