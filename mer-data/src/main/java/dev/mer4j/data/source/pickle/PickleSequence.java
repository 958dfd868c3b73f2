package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Node;
import java.io.IOException;

/** Reads the pickles of a source one after the other. */
public final class PickleSequence {
  private final PickleInput input;
  private final HeapBudget heap;

  /** Starts at the first byte, with a limit of half of the heap. */
  public PickleSequence(ByteSource source) {
    this(source, HeapBudget.ofHeap());
  }

  /**
   * Starts at the first byte.
   *
   * @param heap limits the memory of all objects
   */
  public PickleSequence(ByteSource source, HeapBudget heap) {
    input = new PickleInput(source);
    this.heap = heap;
  }

  /** Returns the position of the next byte. */
  public long position() {
    return input.position();
  }

  /** Returns whether bytes follow. */
  public boolean hasNext() {
    return input.remaining() > 0;
  }

  /**
   * Reads one pickle.
   *
   * @throws ArrayFormatException if it is damaged, requests anything but dicts, lists, texts,
   *     numbers, arrays and what the extension adds, or has too many small objects
   */
  public Node next(PickleExtension extension) throws IOException {
    Object object = nextObject(extension);
    try {
      return new TreeBuilder(heap).build(object);
    } catch (PickleFault e) {
      throw input.source().fault(input.position(), e.getMessage());
    }
  }

  /** Reads one pickle, whose object another pickle may contain. */
  public Object nextObject(PickleExtension extension) throws IOException {
    PickleMachine machine = new PickleMachine(input, extension, heap);
    try {
      return machine.run();
    } catch (PickleFault e) {
      throw input
          .source()
          .fault(machine.opcodeAt(), e.getMessage())
          .at(machine.keyPath().toString());
    } catch (ArrayFormatException e) {
      throw e.at(machine.keyPath().toString());
    }
  }
}
