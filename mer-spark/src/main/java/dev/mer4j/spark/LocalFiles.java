package dev.mer4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.SparkConf;

/**
 * Hadoop's local file system. Without its native library, Hadoop starts a process {@code chmod} for
 * every file and folder that it creates, several in each task; this one does not.
 */
final class LocalFiles extends LocalFileSystem {
  private static final String SETTING = "spark.hadoop.fs.file.impl";
  private static final String UNIX = "unix";
  private static final String MODE = UNIX + ":mode";

  /**
   * The set-user-ID and set-group-ID bits, which {@code chmod} keeps for folders. By the latter,
   * files that are created in a folder belong to its group.
   */
  private static final int KEPT = 06000;

  /** Creates a file system; Hadoop calls it. */
  LocalFiles() {
    super(new Raw());
  }

  /** Makes the session of a local master use this file system, if Hadoop can load it. */
  static void use(SparkConf conf) {
    if (LocalFiles.class.getClassLoader() == LocalFileSystem.class.getClassLoader()) {
      conf.setIfMissing(SETTING, LocalFiles.class.getName());
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (!file.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
        super.setPermission(path, permission);
        return;
      }
      int kept = 0;
      if (Files.isDirectory(file)) {
        kept = (Integer) Files.getAttribute(file, MODE) & KEPT;
      }
      Files.setAttribute(file, MODE, kept | permission.toShort());
    }
  }
}
