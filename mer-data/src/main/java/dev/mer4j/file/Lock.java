package dev.mer4j.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The result of locking a file. */
enum Lock {
  ACQUIRED,
  /** Another process or channel holds the lock. */
  HELD,
  /** The file system does not support locks. */
  UNSUPPORTED;

  private static final Logger LOG = LoggerFactory.getLogger(Lock.class);

  /** Locks the file until the channel is closed, or its process ends. */
  static Lock of(FileChannel channel) {
    try {
      return channel.tryLock() == null ? HELD : ACQUIRED;
    } catch (OverlappingFileLockException e) {
      return HELD;
    } catch (IOException e) {
      LOG.debug("locks are not supported", e);
      return UNSUPPORTED;
    }
  }
}
