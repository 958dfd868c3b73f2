package dev.mer4j.data.source.numpy;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipMember;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Reads {@code .npz} archives. */
public final class NpzReader {
  private static final String SUFFIX = ".npy";
  private static final int MOST_ARRAYS = 100_000;

  private NpzReader() {}

  /** Returns whether an archive has arrays. */
  public static boolean matches(ZipArchive archive) {
    return archive.members().keySet().stream().anyMatch(name -> name.endsWith(SUFFIX));
  }

  /**
   * Returns the arrays by name.
   *
   * @param extensions of the pickles in arrays of objects
   * @throws ArrayFormatException if one is damaged or of an unsupported type, or a member is not an
   *     array
   */
  public static Node read(ZipArchive archive, Supplier<PickleExtension> extensions)
      throws IOException {
    Map<String, Node> arrays = new LinkedHashMap<>();
    for (ZipMember member : archive.members().values()) {
      String name = member.name();
      if (!name.endsWith(SUFFIX)) {
        throw new ArrayFormatException(
            member.header(),
            "unsupported: member " + name + " of the archive is not an .npy array");
      }
      if (arrays.size() == MOST_ARRAYS) {
        throw new ArrayFormatException(
            member.header(), "unsupported: more than " + MOST_ARRAYS + " arrays in one archive");
      }
      try {
        String key = name.substring(0, name.length() - SUFFIX.length());
        arrays.put(key, NpyReader.read(archive.content(member), extensions.get()));
      } catch (ArrayFormatException e) {
        throw e.at(name);
      }
    }
    return new DictNode(arrays);
  }
}
