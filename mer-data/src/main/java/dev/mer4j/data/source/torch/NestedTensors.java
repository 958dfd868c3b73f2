package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.pickle.HeapBudget;
import dev.mer4j.data.source.pickle.PickleArguments;
import dev.mer4j.data.source.pickle.PickleCall;
import dev.mer4j.data.source.pickle.PickleExtension;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Tensors in a pickle that {@code pickle.dump} wrote: each storage is the bytes of a file of {@code
 * torch.save}. Such a file must not contain another one.
 */
final class NestedTensors implements PickleExtension {
  private static final int START_BYTES = 32;

  private final IdentityHashMap<ByteSource, Object> loaded = new IdentityHashMap<>();

  @Override
  public Map<String, PickleCall> globals() {
    Map<String, PickleCall> globals = new HashMap<>(TorchTensor.GLOBALS);
    globals.put("torch.storage._load_from_bytes", this::load);
    return globals;
  }

  @Override
  public Object persistent(PickleArguments id) {
    return NONE.persistent(id);
  }

  /** {@code _load_from_bytes(bytes)}. */
  private Object load(PickleArguments arguments, HeapBudget heap) throws IOException {
    ByteSource bytes = arguments.bytes(0);
    Object object = loaded.get(bytes);
    if (object == null) {
      heap.charge(0);
      byte[] start = bytes.bytes(0, (int) Math.min(START_BYTES, bytes.length()));
      object =
          LegacyFile.matches(start)
              ? LegacyFile.readObject(bytes, heap)
              : TorchReader.readObject(bytes, heap);
      loaded.put(bytes, object);
    }
    return object;
  }
}
