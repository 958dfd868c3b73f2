package dev.mer4j.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes a SHA-256. Numbers are hashed as little-endian bytes. */
public final class Sha256 {
  private static final int CHUNK = 1 << 16;

  private final MessageDigest digest = newDigest();
  private final ByteBuffer numbers = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  /** Creates a digest of no bytes. */
  public Sha256() {}

  /** Returns the digest of bytes, in hexadecimal. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /** Returns the digest of a file's content, in hexadecimal. */
  public static String of(Path file) throws IOException {
    return Uninterrupted.get(() -> new Sha256().put(file).hex());
  }

  /** Returns a new SHA-256 digest of the JDK. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds a file's content; fails if the thread is interrupted. */
  public Sha256 put(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return put(in, Long.MAX_VALUE);
    }
  }

  /** Adds the remaining bytes of a stream, at most {@code limit}. */
  public Sha256 put(InputStream in, long limit) throws IOException {
    flush();
    byte[] chunk = new byte[CHUNK];
    long left = limit;
    while (left > 0) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        break;
      }
      digest.update(chunk, 0, read);
      left -= read;
    }
    return this;
  }

  /** Adds one byte, 1 or 0. */
  public Sha256 put(boolean value) {
    numbersWithRoom().put((byte) (value ? 1 : 0));
    return this;
  }

  /** Adds four bytes. */
  public Sha256 put(int value) {
    numbersWithRoom().putInt(value);
    return this;
  }

  /** Adds the four bytes of the number's bits. */
  public Sha256 put(float value) {
    return put(Float.floatToRawIntBits(value));
  }

  /** Adds the eight bytes of the number's bits. */
  public Sha256 put(double value) {
    numbersWithRoom().putLong(Double.doubleToRawLongBits(value));
    return this;
  }

  /** Adds two bytes for each character. */
  public Sha256 put(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      numbersWithRoom().putChar(text.charAt(i));
    }
    return this;
  }

  private ByteBuffer numbersWithRoom() {
    if (numbers.remaining() < Long.BYTES) {
      flush();
    }
    return numbers;
  }

  private void flush() {
    digest.update(numbers.flip());
    numbers.clear();
  }

  /** Returns the digest of all added bytes, and resets it. */
  public byte[] bytes() {
    flush();
    return digest.digest();
  }

  /** Returns {@link #bytes} in hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }
}
