package dev.mer4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
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
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!posix || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        Files.setPosixFilePermissions(file, of(permission));
      }
    }
  }

  private static Set<PosixFilePermission> of(FsPermission permission) {
    PosixFilePermission[] highestFirst = PosixFilePermission.values();
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < highestFirst.length; i++) {
      if ((permission.toShort() >> (highestFirst.length - 1 - i) & 1) != 0) {
        granted.add(highestFirst[i]);
      }
    }
    return granted;
  }
}
