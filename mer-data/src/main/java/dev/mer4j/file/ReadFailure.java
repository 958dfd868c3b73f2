package dev.mer4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Describes why a file or folder cannot be read, and the remedy. */
public final class ReadFailure {
  private ReadFailure() {}

  /** Returns the reason, for a message that starts with the path and a colon. */
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

  /** Returns the reason for a file or folder that the user has no permission to read. */
  public static String noPermission(Path path) {
    return "cannot be read: permission denied; grant access, for example with chmod "
        + (Files.isDirectory(path) ? "u+rx" : "u+r");
  }
}
