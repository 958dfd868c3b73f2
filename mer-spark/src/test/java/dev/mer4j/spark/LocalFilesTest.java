package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
  private static final String SETTING = "spark.hadoop.fs.file.impl";
  private static final String MODE = "unix:mode";

  @TempDir Path folder;

  private final Configuration configuration = new Configuration();

  @ParameterizedTest
  @ValueSource(strings = {"022", "077", "027", "000"})
  void filesAndFoldersGetThePermissionsThatHadoopGivesThem(String umask) throws IOException {
    configuration.set("fs.permissions.umask-mode", umask);

    write(new LocalFiles(), "ours");
    write(new LocalFileSystem(), "hadoop");

    for (String name : new String[] {"", "/inner", "/inner/file", "/inner/.file.crc"}) {
      assertThat(permissions("ours" + name)).isEqualTo(permissions("hadoop" + name));
    }
    assertThat(folder.resolve("ours/inner/file")).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(shorts = {0777, 0640, 0400, 0157, 0000, 01755})
  void permissionsAreThoseThatWereSet(short bits) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    open(new LocalFiles()).setPermission(hadoop(file), new FsPermission(bits));

    assertThat(mode("file")).isEqualTo(bits);
  }

  /** Files that are created in the folder then belong to its group. */
  @Test
  void aFolderInOneThatPassesOnItsGroupPassesItOn() throws IOException {
    Files.setAttribute(folder, MODE, 02775);

    write(new LocalFiles(), "ours");
    write(new LocalFileSystem(), "hadoop");

    assertThat(mode("ours")).isEqualTo(mode("hadoop")).isEqualTo(02755);
    assertThat(mode("ours/inner")).isEqualTo(mode("hadoop/inner")).isEqualTo(02755);
    assertThat(mode("ours/inner/file")).isEqualTo(mode("hadoop/inner/file")).isEqualTo(0644);
  }

  @ParameterizedTest
  @ValueSource(ints = {06777, 02700, 04700, 01777})
  void aFolderKeepsTheBitsThatHadoopKeeps(int before) throws IOException {
    for (String name : new String[] {"ours", "hadoop"}) {
      Files.setAttribute(Files.createDirectory(folder.resolve(name)), MODE, before);
    }

    open(new LocalFiles())
        .setPermission(hadoop(folder.resolve("ours")), new FsPermission((short) 0750));
    open(new LocalFileSystem())
        .setPermission(hadoop(folder.resolve("hadoop")), new FsPermission((short) 0750));

    assertThat(mode("ours")).isEqualTo(mode("hadoop"));
  }

  @Test
  void permissionsOfAFileThatDoesNotExistAreAnError() throws IOException {
    FileSystem files = open(new LocalFiles());

    assertThatThrownBy(
            () -> files.setPermission(hadoop(folder.resolve("none")), FsPermission.getDefault()))
        .isInstanceOfAny(NoSuchFileException.class, FileNotFoundException.class);
  }

  @Test
  void hadoopOpensItByTheSetting() throws IOException {
    SparkConf conf = new SparkConf(false);
    LocalFiles.use(conf);
    configuration.set("fs.file.impl", conf.get(SETTING));

    try (FileSystem opened = FileSystem.newInstance(URI.create("file:///"), configuration)) {
      assertThat(opened).isInstanceOf(LocalFiles.class);
      assertThat(HadoopSettings.isLocal(configuration, hadoop(folder))).isTrue();
    }
  }

  @Test
  void anotherFileSystemOfTheUserIsKept() {
    SparkConf conf = new SparkConf(false).set(SETTING, "org.example.Other");

    LocalFiles.use(conf);

    assertThat(conf.get(SETTING)).isEqualTo("org.example.Other");
  }

  private void write(FileSystem files, String name) throws IOException {
    open(files);
    org.apache.hadoop.fs.Path inner = hadoop(folder.resolve(name).resolve("inner"));
    assertThat(files.mkdirs(inner)).isTrue();
    try (var out = files.create(new org.apache.hadoop.fs.Path(inner, "file"))) {
      out.writeBytes("text");
    }
  }

  private FileSystem open(FileSystem files) throws IOException {
    files.initialize(URI.create("file:///"), configuration);
    return files;
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private int mode(String name) throws IOException {
    return (int) Files.getAttribute(folder.resolve(name), MODE) & 07777;
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
