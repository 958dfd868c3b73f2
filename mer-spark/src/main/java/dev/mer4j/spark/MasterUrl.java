package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL of a master of Spark. */
record MasterUrl(String text) {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|\\d{1,4})(,\\s*\\d{1,4})?\\])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*\\]");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^:/,\\s]+:\\d{1,5})(,[^:/,\\s]+:\\d{1,5})*");
  private static final Pattern ADDRESS = Pattern.compile("([^:/,\\s]+):(\\d{1,5})(?=,|$)");
  private static final Pattern MANAGED = Pattern.compile("yarn|k8s://\\S+");

  private static final int PATIENCE_MILLIS = 3000;
  private static final int MOST_PORT = 65535;

  /**
   * Checks the form.
   *
   * @throws ConfigException if Spark has no such master
   */
  MasterUrl {
    boolean known =
        isLocal(text)
            || LOCAL_CLUSTER.matcher(text).matches()
            || isStandalone(text)
            || MANAGED.matcher(text).matches();
    if (!known) {
      throw new ConfigException(
          "unknown master '"
              + text
              + "': use local[*], local[N], spark://HOST:PORT, yarn or k8s://URL");
    }
  }

  private static boolean isStandalone(String text) {
    return STANDALONE.matcher(text).matches()
        && ADDRESS
            .matcher(text)
            .results()
            .allMatch(address -> Integer.parseInt(address.group(2)) <= MOST_PORT);
  }

  private static boolean isLocal(String text) {
    return LOCAL.matcher(text).matches();
  }

  /** Returns whether tasks run in this process. */
  boolean isLocal() {
    return isLocal(text);
  }

  /**
   * Checks that a standalone master accepts connections.
   *
   * @throws MerException if it does not
   */
  void requireReachable() {
    if (!isStandalone(text)) {
      return;
    }
    List<String> failures = new ArrayList<>();
    Matcher address = ADDRESS.matcher(text.substring("spark://".length()));
    while (address.find()) {
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(address.group(2));
        socket.connect(new InetSocketAddress(address.group(1), port), PATIENCE_MILLIS);
        return;
      } catch (IOException e) {
        failures.add(address.group() + ": " + e);
      }
    }
    throw new MerException(
        "cannot reach the master " + text + " (" + String.join("; ", failures) + ")");
  }
}
