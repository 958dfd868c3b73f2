package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import java.nio.file.Path;

/**
 * Damaged or unsupported content at a byte of a file. Readers raise it internally and report it as
 * a {@link FileException}.
 */
public final class ArrayFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 400;

  private final long offset;
  private final String problem;

  /**
   * @param offset in the file, or within the member of an archive if that is compressed
   * @param problem the problem and the remedy, which is added if the file is corrupt
   */
  public ArrayFormatException(long offset, String problem) {
    super("byte " + offset + ": " + complete(problem));
    this.offset = offset;
    this.problem = complete(problem);
  }

  private static String complete(String problem) {
    boolean damage = problem.contains("corrupt: ") && !problem.contains("; ");
    return printable(problem) + (damage ? "; download or save the file again" : "");
  }

  /** Names from a damaged file may be long and contain anything. */
  private static String printable(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\uFFFD]", ".");
    return plain.length() <= LONGEST
        ? plain
        : plain.substring(0, LONGEST / 2) + " … " + plain.substring(plain.length() - LONGEST / 2);
  }

  /** Returns the same problem, preceded by the key path or the member's name that it concerns. */
  public ArrayFormatException at(String place) {
    return place.isEmpty() ? this : new ArrayFormatException(offset, place + ": " + problem);
  }

  /** Returns the error to report. */
  public FileException in(Path file) {
    return new FileException(file, getMessage(), this);
  }
}
