package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A file that this program is to write. It never replaces an input, and replaces only what this
 * program wrote in the same format, or an empty file, unless overwriting is allowed.
 *
 * <p>The file appears whole or not at all: see {@link #write(Content)}. A symbolic link is written
 * through: the link stays, and the file that it leads to is replaced. Devices and pipes, such as
 * {@code /dev/stdout}, are written to and stay what they are.
 */
public final class OutputFile {
  private final Path path;
  private final FileMark mark;
  private final List<Path> inputs;
  private final List<Path> closed;
  private final boolean overwrite;

  private OutputFile(
      Path path, FileMark mark, List<Path> inputs, List<Path> closed, boolean overwrite) {
    this.path = path;
    this.mark = mark;
    this.inputs = inputs;
    this.closed = closed;
    this.overwrite = overwrite;
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes to an open channel, which the caller closes. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * An output without inputs, which does not overwrite.
   *
   * @param mark how to recognize an earlier output of the same format
   */
  public static OutputFile of(Path path, FileMark mark) {
    return new OutputFile(path, mark, List.of(), List.of(), false);
  }

  /** Returns this output, refused if it is one of these files by any path or link. */
  public OutputFile protecting(Collection<Path> files) {
    List<Path> all = new ArrayList<>(inputs);
    all.addAll(files);
    return new OutputFile(path, mark, List.copyOf(all), closed, overwrite);
  }

  /** Returns this output, refused if it is in one of these folders. */
  public OutputFile outside(Collection<Path> folders) {
    List<Path> all = new ArrayList<>(closed);
    all.addAll(folders);
    return new OutputFile(path, mark, inputs, List.copyOf(all), overwrite);
  }

  /** Returns this output, which may replace a file that this program did not write; no input. */
  public OutputFile overwriting(boolean allowed) {
    return new OutputFile(path, mark, inputs, closed, allowed);
  }

  /** The path as it was given. */
  public Path path() {
    return path;
  }

  /** Whether the path is this process's standard output. */
  public boolean isStandardOutput() {
    return target().isStandardOutput();
  }

  /**
   * Makes sure that the output may and can be written; writes nothing.
   *
   * @throws FileException if it is an input, was not written by this program, is a folder, or the
   *     folder for it cannot be written to
   */
  public void require() {
    Target target = target();
    try {
      refuseInput(target);
      if (target.kind() == Target.Kind.FOLDER) {
        throw new FileException(path, "cannot be written: it is a folder; give the name of a file");
      }
      if (target.kind() != Target.Kind.STREAM) {
        Writability.require(path, target.path());
      }
      if (target.kind() == Target.Kind.FILE && !overwrite && !isReplaceable(target.path())) {
        throw new FileException(
            path,
            "exists, and is not an earlier output of this kind; move it, give another name, or use"
                + " --overwrite if the command has it");
      }
    } catch (IOException e) {
      throw new FileException(path, "cannot be checked: " + IoReason.of(e), e);
    }
  }

  private boolean isReplaceable(Path file) throws IOException {
    return Files.size(file) == 0 || Uninterrupted.get(() -> mark.isOn(file));
  }

  private void refuseInput(Target target) throws IOException {
    for (Path input : inputs) {
      Target other = Target.of(input);
      boolean same =
          other.path().equals(target.path())
              || (target.kind() == Target.Kind.FILE
                  && other.kind() == Target.Kind.FILE
                  && Files.isSameFile(other.path(), target.path()));
      if (same) {
        throw new FileException(
            path, "would replace the input or part of the run " + input + "; give another name");
      }
    }
    for (Path folder : closed) {
      if (target.path().startsWith(Target.of(folder).path())) {
        throw new FileException(path, "is inside " + folder + ", which belongs to the run");
      }
    }
  }

  /**
   * Writes the file under a temporary name in its folder, which is created where needed, forces it
   * to disk and moves it into place. If others do so at the same time, the last one wins.
   *
   * @throws FileException as {@link #require}, or if it cannot be written; the temporary file is
   *     deleted then, and the old file unchanged
   */
  public void write(Content content) {
    write(content, false);
  }

  /**
   * Writes the file as {@link #write(Content)} does, unless somebody else is writing it.
   *
   * @throws FileException as {@link #write(Content)}, or if it is being written
   */
  public void writeLocked(Content content) {
    write(content, true);
  }

  private void write(Content content, boolean alone) {
    require();
    Target target = target();
    if (target.kind() == Target.Kind.STREAM) {
      try {
        target.writeStream(content);
      } catch (IOException e) {
        throw new FileException(path, "cannot be written: " + IoReason.of(e), e);
      }
    } else {
      AtomicFile.write(path, target.path(), content, alone);
    }
  }

  /** Writes these bytes. */
  public void write(byte[] bytes) {
    write(channel -> ChannelIo.writeFully(channel, ByteBuffer.wrap(bytes)));
  }

  /** Writes this text in UTF-8. */
  public void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Target target() {
    try {
      return Target.of(path);
    } catch (IOException e) {
      throw new FileException(path, "cannot be followed: " + IoReason.of(e), e);
    }
  }
}
