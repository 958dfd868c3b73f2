package dev.mer4j.data.source.numpy;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.pickle.PickleReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads {@code .npy} files. */
public final class NpyReader {
  private NpyReader() {}

  /** Returns whether the first bytes of a file are those of one. */
  public static boolean matches(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(NpyHeader.MAGIC);
  }

  /**
   * Returns the array of a file; of objects, which are pickled in it, texts or lists.
   *
   * @param extension of the pickle
   * @throws ArrayFormatException if it is damaged or of an unsupported type
   */
  public static Node read(ByteSource file, PickleExtension extension) throws IOException {
    NpyHeader header = NpyHeader.read(file);
    ByteSource values = file.slice(header.start(), file.length() - header.start());
    return header.type().isObject()
        ? PickleReader.read(values, extension)
        : header.type().array(values, Layout.dense(values, header.shape(), header.fortran()));
  }
}
