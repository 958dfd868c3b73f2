package dev.mer4j.data.source.detect;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.SourceFile;
import dev.mer4j.data.source.numpy.NpyReader;
import dev.mer4j.data.source.numpy.NpzReader;
import dev.mer4j.data.source.pickle.PickleReader;
import dev.mer4j.data.source.safetensors.SafetensorsReader;
import dev.mer4j.data.source.torch.TorchReader;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipDirectory;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Opens files of arrays: pickles, {@code .npy}, {@code .npz}, archives of {@code torch.save} and
 * safetensors. The form is detected by its first bytes, never by its name.
 */
public final class ArrayFiles {
  private static final int START_BYTES = 64;

  private ArrayFiles() {}

  /**
   * Opens a file and reads its structure; its arrays are read on demand.
   *
   * @throws FileException if the file does not exist, is of no supported form, is truncated or
   *     damaged, or requests the execution of code; it names the byte and, where known, the key
   */
  public static ArrayFile open(Path path) {
    SourceFile file = SourceFile.open(path);
    try {
      return open(file);
    } catch (RuntimeException | IOException e) {
      FileException reported = reported(path, e);
      close(file, reported);
      throw reported;
    }
  }

  /**
   * Returns whether the first bytes of a file are those of a form of arrays.
   *
   * @throws FileException if the file cannot be read
   */
  public static boolean isArrayFile(Path path) {
    try (SourceFile file = SourceFile.open(path)) {
      byte[] start = file.bytes(0, (int) Math.min(START_BYTES, file.length()));
      return FileKind.of(start, file) != FileKind.OTHER;
    } catch (IOException e) {
      throw reported(path, e);
    }
  }

  private static ArrayFile open(SourceFile file) throws IOException {
    byte[] start = file.bytes(0, (int) Math.min(START_BYTES, file.length()));
    Path path = file.file();
    return switch (FileKind.of(start, file)) {
      case NPY -> new ArrayFile(path, "npy", NpyReader.read(file, TorchReader.nested()), file);
      case SAFETENSORS -> new ArrayFile(path, "safetensors", SafetensorsReader.read(file), file);
      case TORCH_LEGACY -> new ArrayFile(path, "torch", TorchReader.readLegacy(file), file);
      case PICKLE ->
          new ArrayFile(path, "pickle", PickleReader.read(file, TorchReader.nested()), file);
      case ZIP -> openArchive(file);
      case OTHER -> throw new FileException(path, FileKind.problem(start));
    };
  }

  private static ArrayFile openArchive(SourceFile file) throws IOException {
    ZipArchive archive = new ZipArchive(file, ZipDirectory.read(file));
    Path path = file.file();
    try {
      if (TorchReader.matches(archive)) {
        return new ArrayFile(path, "torch", TorchReader.read(archive), file);
      }
      if (NpzReader.matches(archive)) {
        return new ArrayFile(
            path,
            "npz",
            NpzReader.read(archive, TorchReader::nested),
            () -> {
              try (file) {
                archive.close();
              }
            });
      }
    } catch (RuntimeException | IOException e) {
      close(archive, e);
      throw e;
    }
    throw new FileException(
        path, "is a ZIP archive without arrays of numpy or torch; unpack it and give a file in it");
  }

  private static FileException reported(Path path, Exception failure) {
    if (failure instanceof FileException known) {
      return known;
    }
    if (failure instanceof ArrayFormatException format) {
      return format.in(path);
    }
    Throwable cause = failure instanceof UncheckedIOException io ? io.getCause() : failure;
    if (cause instanceof IOException io) {
      return new FileException(path, ReadFailure.reason(path, io), io);
    }
    throw (RuntimeException) failure;
  }

  private static void close(AutoCloseable resource, Exception failure) {
    try {
      resource.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }
}
