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
import org.jspecify.annotations.Nullable;

/**
 * An output file of this program. It never replaces an input. Unless overwriting is allowed, it
 * only replaces an empty file, or a file that this program wrote in the same format.
 *
 * <p>Writing is atomic: see {@link #write(Content)}. A symbolic link is followed: the link remains,
 * and its target is replaced. Devices and pipes, such as {@code /dev/stdout}, are written to and
 * never replaced.
 */
public final class OutputFile {
  private final Path path;
  private final FileMark mark;
  private final List<Path> inputs;
  private final List<Path> excluded;
  private final boolean overwrite;

  private OutputFile(
      Path path, FileMark mark, List<Path> inputs, List<Path> excluded, boolean overwrite) {
    this.path = path;
    this.mark = mark;
    this.inputs = inputs;
    this.excluded = excluded;
    this.overwrite = overwrite;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes to an open channel, which the caller closes. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Writes the content of a file, or names a file that has it. */
  @FunctionalInterface
  public interface Replacement {
    /**
     * Writes to an open channel, which the caller closes, or to another file.
     *
     * @return the other file, on the file system of {@link #folder}, which is moved to become the
     *     output; null if the content was written to the channel
     */
    @Nullable Path write(FileChannel channel) throws IOException;
  }

  /**
   * Returns an output without protected inputs, which does not overwrite.
   *
   * @param mark the mark of earlier outputs of the same format
   */
  public static OutputFile of(Path path, FileMark mark) {
    return new OutputFile(path, mark, List.of(), List.of(), false);
  }

  /** Returns a copy that fails if the output is one of these files, by any path or link. */
  public OutputFile protecting(Collection<Path> files) {
    List<Path> all = new ArrayList<>(inputs);
    all.addAll(files);
    return new OutputFile(path, mark, List.copyOf(all), excluded, overwrite);
  }

  /** Returns a copy that fails if the output is in one of these folders. */
  public OutputFile outside(Collection<Path> folders) {
    List<Path> all = new ArrayList<>(excluded);
    all.addAll(folders);
    return new OutputFile(path, mark, inputs, List.copyOf(all), overwrite);
  }

  /** Returns a copy that may replace a file that this program did not write, but never an input. */
  public OutputFile overwriting(boolean allowed) {
    return new OutputFile(path, mark, inputs, excluded, allowed);
  }

  /** Returns the path as given. */
  public Path path() {
    return path;
  }

  /**
   * Returns the folder of the file that is written, also if the path is a link.
   *
   * @throws FileException if it is a device or a pipe
   */
  public Path folder() {
    Target target = target();
    Path folder = target.path().getParent();
    if (target.kind() == Target.Kind.STREAM || folder == null) {
      throw new FileException(path, "is a device or a pipe; specify a file");
    }
    return folder;
  }

  /** Returns whether the path is this process's standard output. */
  public boolean isStandardOutput() {
    return target().isStandardOutput();
  }

  /**
   * Checks that the output may and can be written; writes nothing.
   *
   * @throws FileException if it is an input, was not written by this program, is a folder, or is in
   *     a folder that cannot be written to
   */
  public void require() {
    Target target = target();
    try {
      requireNotAnInput(target);
      if (target.kind() == Target.Kind.FOLDER) {
        throw new FileException(path, "cannot be written: it is a folder; specify a file");
      }
      if (target.kind() != Target.Kind.STREAM) {
        Writability.require(path, target.path());
      }
      if (target.kind() == Target.Kind.FILE && !overwrite && !isReplaceable(target.path())) {
        throw new FileException(
            path,
            "exists, and is not an earlier output of this kind; move it, use another name, or use"
                + " --overwrite if the command has it");
      }
    } catch (IOException e) {
      throw new FileException(path, "cannot be checked: " + IoReason.of(e), e);
    }
  }

  private boolean isReplaceable(Path file) throws IOException {
    return Files.size(file) == 0 || Uninterrupted.get(() -> mark.isOn(file));
  }

  private void requireNotAnInput(Target target) throws IOException {
    for (Path input : inputs) {
      Target other = Target.of(input);
      boolean same =
          other.path().equals(target.path())
              || (target.kind() == Target.Kind.FILE
                  && other.kind() == Target.Kind.FILE
                  && Files.isSameFile(other.path(), target.path()));
      if (same) {
        throw new FileException(
            path, "would replace the input or part of the run " + input + "; use another name");
      }
    }
    for (Path folder : excluded) {
      if (target.path().startsWith(Target.of(folder).path())) {
        throw new FileException(path, "is inside " + folder + ", which belongs to the run");
      }
    }
  }

  /**
   * Writes a temporary file in the output's folder, which is created if it is missing, forces it to
   * disk and moves it into place. Of concurrent writers, the last one wins.
   *
   * @throws FileException as {@link #require}, or if it cannot be written; the temporary file is
   *     deleted then, and the old file is unchanged
   */
  public void write(Content content) {
    write(none(content), false);
  }

  /**
   * Writes the file as {@link #write(Content)} does, but fails if another process is writing it.
   *
   * @throws FileException as {@link #write(Content)}, or if another process is writing it
   */
  public void writeLocked(Content content) {
    write(none(content), true);
  }

  /**
   * Writes the file as {@link #writeLocked(Content)} does, or moves a file in its place that has
   * been written meanwhile, such as by other processes.
   *
   * @throws FileException as {@link #writeLocked(Content)}
   */
  public void writeLockedOrMove(Replacement replacement) {
    write(replacement, true);
  }

  /** Returns a content that is always written to the channel. */
  private static Replacement none(Content content) {
    return channel -> {
      content.writeTo(channel);
      return null;
    };
  }

  private void write(Replacement content, boolean exclusive) {
    require();
    Target target = target();
    if (target.kind() == Target.Kind.STREAM) {
      try {
        target.writeStream(content);
      } catch (IOException e) {
        throw new FileException(path, "cannot be written: " + IoReason.of(e), e);
      }
    } else {
      AtomicFile.write(path, target.path(), content, exclusive);
    }
  }

  /** Writes bytes. */
  public void write(byte[] bytes) {
    write(channel -> ChannelIo.writeFully(channel, ByteBuffer.wrap(bytes)));
  }

  /** Writes text in UTF-8. */
  public void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Target target() {
    try {
      return Target.of(path);
    } catch (IOException e) {
      throw new FileException(path, "cannot be resolved: " + IoReason.of(e), e);
    }
  }
}
