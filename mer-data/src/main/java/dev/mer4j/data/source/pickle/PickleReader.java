package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a pickle in one pass, which skips the payload of arrays. */
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
    return read(source, extension, HeapBudget.ofHeap());
  }

  static Node read(ByteSource source, PickleExtension extension, HeapBudget heap)
      throws IOException {
    PickleInput input = new PickleInput(source);
    List<Node> objects = new ArrayList<>();
    do {
      objects.add(readOne(input, extension, heap));
    } while (input.remaining() > 0);
    return objects.size() == 1 ? objects.get(0) : new ListNode(objects);
  }

  private static Node readOne(PickleInput input, PickleExtension extension, HeapBudget heap)
      throws IOException {
    PickleMachine machine = new PickleMachine(input, extension, heap);
    Object object;
    try {
      object = machine.run();
    } catch (PickleFault e) {
      throw input.source().fault(machine.opcodeAt(), e.getMessage()).at(machine.keyPath());
    } catch (ArrayFormatException e) {
      throw e.at(machine.keyPath());
    }
    try {
      return new TreeBuilder(heap).build(object);
    } catch (PickleFault e) {
      throw input.source().fault(input.position(), e.getMessage());
    }
  }
}
