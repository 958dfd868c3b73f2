package dev.mer4j.spark;

import dev.mer4j.MerException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** A configuration of file systems, for tasks. */
final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1;

  private transient Configuration configuration;

  HadoopSettings(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Returns whether a path is on a disk of this machine. Parquet's reader then needs no threads of
   * its own, for which the task would wait.
   */
  static boolean isLocal(Configuration configuration, Path path) {
    try {
      return path.getFileSystem(configuration) instanceof LocalFileSystem;
    } catch (IOException e) {
      throw new MerException(path + ": cannot be opened: " + IoReason.of(e), e);
    }
  }

  Configuration configuration() {
    return configuration;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    configuration = new Configuration(false);
    configuration.readFields(in);
  }
}
