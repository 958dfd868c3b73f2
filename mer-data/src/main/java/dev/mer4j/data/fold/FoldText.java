package dev.mer4j.data.fold;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import dev.mer4j.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the text of a fold file, in UTF-8 or UTF-16, with or without a byte order mark. */
final class FoldText {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private FoldText() {}

  /**
   * Returns the text without its byte order mark.
   *
   * @throws FileException if the file cannot be read, or is not text
   */
  static String read(Path file) {
    byte[] bytes;
    try {
      bytes = WholeFile.bytes(file);
    } catch (IOException e) {
      throw new FileException(
          file,
          ReadFailure.reason(file, e)
              + "; folds must be the SDK's Python file, or a folder with train.txt, valid.txt and"
              + " test.txt",
          e);
    }
    Charset charset = charset(bytes);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new FileException(
          file, "is not " + charset + " text; save it as UTF-8, one id per line", e);
    }
  }

  /**
   * Detects the charset from the byte order mark, or from the zero bytes of ASCII characters in
   * UTF-16.
   */
  private static Charset charset(byte[] bytes) {
    int first = bytes.length < 2 ? -1 : bytes[0] & 0xff;
    int second = bytes.length < 2 ? -1 : bytes[1] & 0xff;
    if (first == 0xff && second == 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    boolean bigEndian = first == 0xfe && second == 0xff;
    if (bigEndian || first == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return second == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }
}
