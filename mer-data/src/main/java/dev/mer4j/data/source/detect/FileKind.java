package dev.mer4j.data.source.detect;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.numpy.NpyReader;
import dev.mer4j.data.source.safetensors.SafetensorsReader;
import dev.mer4j.data.source.torch.TorchReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The form of a file, by its first bytes. */
enum FileKind {
  NPY,
  ZIP,
  SAFETENSORS,
  TORCH_LEGACY,
  PICKLE,
  OTHER;

  private static final int PROTO = 0x80;

  /** The first bytes of pickles of protocols 0 and 1: data, a container, a mark, a name. */
  private static final String OLD_PICKLES = "(cdlNIJKLMFGSTUVX]})";

  static FileKind of(byte[] start, ByteSource file) throws IOException {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (NpyReader.matches(start)) {
      return NPY;
    }
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return ZIP;
    }
    if (SafetensorsReader.matches(start, file.length())) {
      return SAFETENSORS;
    }
    if (TorchReader.isLegacy(start)) {
      return TORCH_LEGACY;
    }
    if (start.length < 2) {
      return OTHER;
    }
    boolean pickle = (start[0] & 0xFF) == PROTO && start[1] >= 0 && start[1] < 32;
    boolean oldPickle =
        OLD_PICKLES.indexOf(text.charAt(0)) >= 0 && file.read(file.length() - 1, 1).get() == '.';
    return pickle || oldPickle ? PICKLE : OTHER;
  }

  /** Returns the problem of a file of an unsupported form, and the remedy. */
  static String problem(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    String tag = text.strip().toLowerCase(Locale.ROOT);
    if (start.length == 0) {
      return "is empty (0 bytes); download it again";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "is a Git LFS pointer, not the data itself; fetch the file with git lfs pull";
    }
    if (tag.startsWith("<!doctype") || tag.startsWith("<html")) {
      return "is an HTML page saved under the file's name; download the data itself";
    }
    if (text.startsWith("\u0089HDF\r\n")) {
      return "is an HDF5 file, not a pickle, numpy, torch or safetensors file";
    }
    String packer = packer(text);
    if (!packer.isEmpty()) {
      return "is compressed (" + packer + "); unpack it first";
    }
    return "is not a pickle, numpy, torch or safetensors file: it starts with '"
        + text.substring(0, Math.min(16, text.length())).replaceAll("[^ -~]", ".")
        + "'; give another file, or download it again";
  }

  private static String packer(String start) {
    if (start.startsWith("\u001F\u008B")) {
      return "gzip";
    }
    if (start.startsWith("BZh")) {
      return "bzip2";
    }
    if (start.startsWith("\u00FD7zXZ")) {
      return "xz";
    }
    if (start.startsWith("7z\u00BC\u00AF")) {
      return "7-Zip";
    }
    return start.startsWith("Rar!") ? "RAR" : "";
  }
}
