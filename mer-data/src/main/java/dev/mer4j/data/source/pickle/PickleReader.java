package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads pickles in one pass, which skips the payload of arrays. */
public final class PickleReader {
  private PickleReader() {}

  /**
   * Returns the object of a pickle. Several pickles in one file, as several calls of {@code
   * pickle.dump} write them, are a list.
   *
   * @throws ArrayFormatException if the pickle is damaged, requests anything but dicts, lists,
   *     texts, numbers and arrays, or has more small objects than half of the heap
   */
  public static Node read(ByteSource source, PickleExtension extension) throws IOException {
    PickleSequence pickles = new PickleSequence(source);
    List<Node> objects = new ArrayList<>();
    do {
      objects.add(pickles.next(extension));
    } while (pickles.hasNext());
    return objects.size() == 1 ? objects.get(0) : new ListNode(objects);
  }
}
