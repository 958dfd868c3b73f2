package dev.mer4j.data.internal.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open HDF5 file. Objects are identified by the addresses of their headers.
 *
 * <p>Every method throws {@link Hdf5Exception} if the file is damaged and {@link
 * UnsupportedHdf5Exception} if it uses an unsupported feature. Not thread-safe.
 */
public final class Hdf5File implements Closeable {
  private static final int MAX_LINKS = 16;
  private static final int CACHED_GROUPS = 4;

  private final FileChannel channel;
  private final FileBytes bytes;
  private final Superblock superblock;

  /** The links of the groups that soft links were most recently resolved through. */
  private final Map<Long, Map<String, Link>> cached = new LinkedHashMap<>();

  private Hdf5File(FileChannel channel) throws IOException {
    this.channel = channel;
    superblock = Superblock.read(channel);
    bytes =
        new FileBytes(
            channel, superblock.base(), superblock.offsetBytes(), superblock.lengthBytes());
  }

  /** Opens a file. Closing it closes the channel. */
  public static Hdf5File open(FileChannel channel) throws IOException {
    return new Hdf5File(channel);
  }

  /** Returns whether a file has the HDF5 signature at a position that the format allows. */
  public static boolean isSigned(FileChannel channel) throws IOException {
    return Superblock.find(channel) >= 0;
  }

  /** Returns the minimum size of the file; a smaller file is truncated. */
  public long promisedSize() {
    return superblock.end();
  }

  /** Returns the address of the root group. */
  public long root() {
    return superblock.root();
  }

  /** Resets the allowance for reading structures, which is a few times the file's size. */
  public void renewAllowance() {
    bytes.renewAllowance();
  }

  /** Returns the links of a group by name, in the file's order; null if it is not a group. */
  public @Nullable Map<String, Link> links(long address) {
    ObjectHeader header = ObjectHeader.read(bytes, address);
    boolean group = header.has(ObjectHeader.SYMBOL_TABLE) || header.has(ObjectHeader.LINK_INFO);
    return group ? GroupLinks.read(bytes, header) : null;
  }

  /** Returns the dataset at an address; null if it is not a dataset. */
  public @Nullable Dataset dataset(long address) {
    ObjectHeader header = ObjectHeader.read(bytes, address);
    return header.has(ObjectHeader.LAYOUT) ? Dataset.read(header) : null;
  }

  /** Returns the reader of the numbers of this file's datasets. */
  public TableReader tables() {
    return new TableReader(bytes);
  }

  /**
   * Returns the object that a link of a group resolves to, through soft links within this file.
   *
   * @throws BrokenLinkException if the target is in another file, does not exist, or is circular
   */
  public long follow(long group, Link link) {
    return follow(group, link, new int[] {MAX_LINKS});
  }

  private long follow(long group, Link link, int[] left) {
    if (link instanceof Link.Hard hard) {
      return hard.address();
    }
    if (link instanceof Link.External external) {
      throw new BrokenLinkException(
          String.format(
              Locale.ROOT,
              "is an external link to '%s' in the file '%s'; other files are never opened",
              external.path(),
              external.file()));
    }
    if (!(link instanceof Link.Soft soft)) {
      throw new BrokenLinkException("is a user-defined link, which is not supported");
    }
    if (left[0]-- == 0) {
      throw new BrokenLinkException(
          String.format(
              Locale.ROOT,
              "is a circular soft link, or one through more than %d others",
              MAX_LINKS));
    }
    long at = soft.path().startsWith("/") ? superblock.root() : group;
    for (String name : soft.path().split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        Map<String, Link> links = cached(at);
        Link next = links == null ? null : links.get(name);
        if (next == null) {
          throw new BrokenLinkException(
              String.format(
                  Locale.ROOT, "is a soft link to '%s', which does not exist", soft.path()));
        }
        at = follow(at, next, left);
      }
    }
    return at;
  }

  private @Nullable Map<String, Link> cached(long group) {
    Map<String, Link> links = cached.containsKey(group) ? cached.remove(group) : links(group);
    if (links != null) {
      if (cached.size() == CACHED_GROUPS) {
        cached.remove(cached.keySet().iterator().next());
      }
      cached.put(group, links);
    }
    return links;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
