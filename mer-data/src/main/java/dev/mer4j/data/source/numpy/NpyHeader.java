package dev.mer4j.data.source.numpy;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.TypeString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an {@code .npy} file. Source: numpy's lib/format.py.
 *
 * @param start the position of the first value
 */
record NpyHeader(TypeString type, boolean fortran, long[] shape, long start) {
  static final String MAGIC = "\u0093NUMPY";
  private static final int PREFIX_BYTES = 10;
  private static final long LONGEST = 1 << 16;
  private static final int MOST_AXES = 32;
  private static final Pattern TYPE =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"])([^'\"]*)\\1");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
  private static final Pattern EXTENT = Pattern.compile("\\s*(\\d{1,18})L?\\s*");

  static NpyHeader read(ByteSource file) throws IOException {
    byte[] prefix = file.bytes(0, PREFIX_BYTES);
    if (!new String(prefix, 0, 6, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw file.fault(0, "corrupt: no .npy file");
    }
    int version = prefix[6];
    if (version < 1 || version > 3) {
      throw file.fault(6, "unsupported .npy version " + version + "; save it with numpy again");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    long length =
        version == 1
            ? file.read(8, lengthBytes).getShort() & 0xFFFF
            : file.read(8, lengthBytes).getInt() & 0xFFFFFFFFL;
    if (length > LONGEST) {
      throw file.fault(8, "corrupt: an .npy header of " + length + " bytes");
    }
    long start = 8L + lengthBytes;
    String text =
        new String(
            file.bytes(start, (int) length),
            version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return parse(file, text, start + length);
  }

  private static NpyHeader parse(ByteSource file, String text, long start) {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!order.find() || !shape.find()) {
      throw file.fault(PREFIX_BYTES, "corrupt: an .npy header without order or shape");
    }
    if (!type.find()) {
      throw file.fault(
          PREFIX_BYTES,
          "unsupported: an array with fields; save each field as an array of its own");
    }
    String notation = type.group(2);
    Optional<TypeString> known = TypeString.parse(notation);
    if (known.isEmpty()) {
      throw file.fault(
          PREFIX_BYTES,
          "unsupported numpy type '"
              + notation
              + "'; convert the array with astype and save it again");
    }
    return new NpyHeader(
        known.get(), order.group(1).equals("True"), shape(file, shape.group(1)), start);
  }

  private static long[] shape(ByteSource file, String text) {
    String[] parts = text.isBlank() ? new String[0] : text.strip().split(",", 0);
    if (parts.length > MOST_AXES) {
      throw file.fault(PREFIX_BYTES, "corrupt: an array of " + parts.length + " axes");
    }
    long[] shape = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Matcher extent = EXTENT.matcher(parts[i]);
      if (!extent.matches()) {
        throw file.fault(PREFIX_BYTES, "corrupt: an .npy header with the shape (" + text + ")");
      }
      shape[i] = Long.parseLong(extent.group(1));
    }
    return shape;
  }
}
