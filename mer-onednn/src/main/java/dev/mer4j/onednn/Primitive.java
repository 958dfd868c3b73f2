package dev.mer4j.onednn;

import com.sun.jna.Memory;
import dev.mer4j.onednn.LstmMemory.Slot;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A oneDNN primitive and the slots of its arguments in {@link LstmMemory}. Its native objects
 * belong to the pointer scope in which it is created.
 */
final class Primitive {
  private final engine cpu;
  private final primitive kernel;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final Map<Slot, memory> memories = new EnumMap<>(Slot.class);
  private final Map<Slot, Long> sizes = new EnumMap<>(Slot.class);

  Primitive(engine cpu, primitive kernel) {
    this.cpu = cpu;
    this.kernel = kernel;
  }

  /** Sets the layout and the slot of argument {@code id}. */
  Primitive with(int id, memory.desc layout, Slot slot) {
    memory argument = new memory(layout, cpu, new Pointer());
    arguments.put(id, argument);
    memories.put(slot, argument);
    sizes.put(slot, (layout.get_size() + Float.BYTES - 1) / Float.BYTES);
    return this;
  }

  /** Returns the number of floats of the argument in {@code slot}. */
  long size(Slot slot) {
    return sizes.getOrDefault(slot, 0L);
  }

  /** Runs the primitive in the calling thread and waits for it. */
  void run(stream queue, LstmMemory buffers) {
    memories.forEach(
        (slot, argument) ->
            argument.set_data_handle(new Address(buffers.get(slot).ensure(size(slot)))));
    kernel.execute(queue, arguments);
    queue._wait();
  }

  /** A JavaCPP pointer to memory of JNA. */
  private static final class Address extends Pointer {
    Address(Memory memory) {
      address = com.sun.jna.Pointer.nativeValue(memory);
    }
  }
}
