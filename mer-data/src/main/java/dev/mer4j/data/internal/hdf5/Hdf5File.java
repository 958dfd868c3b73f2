package dev.mer4j.data.internal.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open HDF5 file. Objects are known by the addresses of their headers.
 *
 * <p>Every method throws {@link Hdf5Exception} if the file is damaged and {@link
 * UnsupportedHdf5Exception} if it uses a feature that is not read. Not safe for use by several
 * threads.
 */
public final class Hdf5File implements Closeable {
  private static final int MOST_LINKS = 16;
  private static final int KEPT_GROUPS = 4;

  private final FileChannel channel;
  private final FileBytes bytes;
  private final Superblock superblock;

  /** The links of the groups that soft links have led through most recently. */
  private final Map<Long, Map<String, Link>> passed = new LinkedHashMap<>();

  private Hdf5File(FileChannel channel) throws IOException {
    this.channel = channel;
    superblock = Superblock.read(channel);
    bytes =
        new FileBytes(
            channel, superblock.base(), superblock.offsetBytes(), superblock.lengthBytes());
  }

  /** Opens a file; it closes the channel with itself. */
  public static Hdf5File open(FileChannel channel) throws IOException {
    return new Hdf5File(channel);
  }

  /** Whether a file has the signature of HDF5 where the format allows one. */
  public static boolean isSigned(FileChannel channel) throws IOException {
    return Superblock.find(channel) >= 0;
  }

  /** The size that the file should have at least; a smaller one is cut off. */
  public long promisedSize() {
    return superblock.end();
  }

  /** The root group. */
  public long root() {
    return superblock.root();
  }

  /** Grants a new allowance for reading structure, of a few times the file's size. */
  public void renewAllowance() {
    bytes.renewAllowance();
  }

  /** Returns the links of a group by name, in the file's order; null if this is no group. */
  public @Nullable Map<String, Link> links(long address) {
    ObjectHeader header = ObjectHeader.read(bytes, address);
    boolean group = header.has(ObjectHeader.SYMBOL_TABLE) || header.has(ObjectHeader.LINK_INFO);
    return group ? GroupLinks.read(bytes, header) : null;
  }

  /** Returns the dataset of an address; null if this is no dataset. */
  public @Nullable Dataset dataset(long address) {
    ObjectHeader header = ObjectHeader.read(bytes, address);
    return header.has(ObjectHeader.LAYOUT) ? Dataset.read(header) : null;
  }

  /** Returns what reads the numbers of this file's datasets. */
  public TableReader tables() {
    return new TableReader(bytes);
  }

  /**
   * Returns the object that a link of a group leads to, through soft links within this file.
   *
   * @throws BrokenLinkException if it leads to another file, in a circle or to nothing
   */
  public long follow(long group, Link link) {
    return follow(group, link, new int[] {MOST_LINKS});
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
      throw new BrokenLinkException("is a user-defined link, which is not followed");
    }
    if (left[0]-- == 0) {
      throw new BrokenLinkException(
          String.format(
              Locale.ROOT,
              "is a soft link that leads through more than %d others, or in a circle",
              MOST_LINKS));
    }
    long at = soft.path().startsWith("/") ? superblock.root() : group;
    for (String name : soft.path().split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        Map<String, Link> links = passed(at);
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

  private @Nullable Map<String, Link> passed(long group) {
    Map<String, Link> links = passed.containsKey(group) ? passed.remove(group) : links(group);
    if (links != null) {
      if (passed.size() == KEPT_GROUPS) {
        passed.remove(passed.keySet().iterator().next());
      }
      passed.put(group, links);
    }
    return links;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
