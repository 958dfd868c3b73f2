package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.pickle.PickleArguments;
import dev.mer4j.data.source.pickle.PickleCall;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.pickle.PickleFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The storages beside a pickle, and the tensors that view them; several may share one. */
final class TorchStorages implements PickleExtension {
  private static final Map<String, NumberType> TYPES =
      Map.of(
          "torch.HalfStorage", NumberType.FLOAT16,
          "torch.BFloat16Storage", NumberType.BFLOAT16,
          "torch.FloatStorage", NumberType.FLOAT32,
          "torch.DoubleStorage", NumberType.FLOAT64,
          "torch.CharStorage", NumberType.INT8,
          "torch.ShortStorage", NumberType.INT16,
          "torch.IntStorage", NumberType.INT32,
          "torch.LongStorage", NumberType.INT64,
          "torch.ByteStorage", NumberType.UINT8,
          "torch.BoolStorage", NumberType.BOOL);

  /** The index of the part in an id. */
  private static final int PART = 5;

  private final StorageBytes storages;
  private final ByteOrder order;

  /**
   * @param order of the bytes of numbers
   */
  TorchStorages(StorageBytes storages, ByteOrder order) {
    this.storages = storages;
    this.order = order;
  }

  @Override
  public Map<String, PickleCall> globals() {
    Map<String, PickleCall> globals = new HashMap<>(TorchTensor.GLOBALS);
    for (String type : TYPES.keySet()) {
      globals.put(
          type,
          (arguments, heap) -> {
            throw new PickleFault("refused: the pickle calls " + type);
          });
    }
    return globals;
  }

  /**
   * {@code ('storage', class, key, device, count)}, in files of old versions followed by None or by
   * the {@code (key, offset, count)} of a part of the storage.
   */
  @Override
  public Object persistent(PickleArguments id) {
    if (!id.text(0).equals("storage")) {
      throw new PickleFault("unsupported: data of kind " + id.text(0) + " outside of the pickle");
    }
    NumberType type = TYPES.get(id.global(1));
    if (type == null) {
      throw new PickleFault("corrupt: a storage of class " + id.global(1));
    }
    try {
      ByteSource bytes = storages.bytes(id.text(2), count(id, 4, type), type);
      if (id.count() > PART && !id.isNone(PART)) {
        PickleArguments part = id.tuple(PART);
        bytes =
            bytes.slice(count(part, 1, type) * type.bytes(), count(part, 2, type) * type.bytes());
      }
      return new TorchTensor.Storage(bytes, type, order);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(PickleArguments numbers, int index, NumberType type) {
    long count = numbers.number(index);
    if (count < 0 || count > Long.MAX_VALUE / type.bytes()) {
      throw new PickleFault("corrupt: a storage of " + count + " numbers");
    }
    return count;
  }
}
