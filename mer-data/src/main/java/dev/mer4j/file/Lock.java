package dev.mer4j.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of asking for a file's lock. */
enum Lock {
  TAKEN,
  /** Somebody else has it. */
  HELD,
  /** The file system knows no locks. */
  UNKNOWN;

  private static final Logger LOG = LoggerFactory.getLogger(Lock.class);

  /** Locks the file until the channel is closed, or its process ends. */
  static Lock of(FileChannel channel) {
    try {
      return channel.tryLock() == null ? HELD : TAKEN;
    } catch (OverlappingFileLockException e) {
      return HELD;
    } catch (IOException e) {
      LOG.debug("no locks here", e);
      return UNKNOWN;
    }
  }
}
