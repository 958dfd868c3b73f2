package dev.mer4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file or folder cannot be read, and what to do about it. */
public final class ReadFailure {
  private ReadFailure() {}

  /** Returns the reason, to follow the path and a colon. */
  public static String reason(Path path, IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return noPermission(path);
    }
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (failure instanceof NotDirectoryException) {
      return "is not a folder";
    }
    if (Files.isDirectory(path)) {
      return "is a folder, not a file";
    }
    String message = failure.getMessage();
    return "cannot be read: "
        + (path.toString().equals(message) ? failure.toString() : IoReason.of(failure));
  }

  /** Says that the operating system does not let this user read a file or list a folder. */
  public static String noPermission(Path path) {
    return "cannot be read: permission denied; give yourself access, as with chmod "
        + (Files.isDirectory(path) ? "u+rx" : "u+r");
  }
}
