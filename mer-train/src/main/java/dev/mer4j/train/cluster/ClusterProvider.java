package dev.mer4j.train.cluster;

/** Connects to clusters of one kind. {@link java.util.ServiceLoader} finds providers. */
public interface ClusterProvider {
  /**
   * Connects to a cluster.
   *
   * @param master the cluster's URL, such as {@code local[*]} or {@code spark://host:7077}
   * @throws dev.mer4j.ConfigException if the URL is malformed
   * @throws dev.mer4j.MerException if the cluster cannot be reached
   */
  Cluster connect(String master);
}
