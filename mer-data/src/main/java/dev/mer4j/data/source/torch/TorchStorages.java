package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.pickle.HeapBudget;
import dev.mer4j.data.source.pickle.PickleArguments;
import dev.mer4j.data.source.pickle.PickleCall;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.pickle.PickleFault;
import dev.mer4j.data.source.zip.ZipArchive;
import dev.mer4j.data.source.zip.ZipMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storages of an archive, and the tensors that view them; several may share one. */
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

  private final ZipArchive archive;
  private final String folder;
  private final ByteOrder order;
  private final Map<String, Storage> storages = new HashMap<>();

  /**
   * @param folder the prefix of the names of storages
   */
  TorchStorages(ZipArchive archive, String folder, ByteOrder order) {
    this.archive = archive;
    this.folder = folder;
    this.order = order;
  }

  private record Storage(ByteSource bytes, NumberType type) {}

  @Override
  public Map<String, PickleCall> globals() {
    Map<String, PickleCall> globals = new HashMap<>();
    globals.put("torch._utils._rebuild_tensor_v2", this::tensor);
    globals.put("torch._utils._rebuild_parameter", (arguments, heap) -> arguments.get(0));
    for (String type : TYPES.keySet()) {
      globals.put(
          type,
          (arguments, heap) -> {
            throw new PickleFault("refused: the pickle calls " + type);
          });
    }
    return globals;
  }

  /** {@code ('storage', class, key, device, count)}. */
  @Override
  public Object persistent(PickleArguments id) {
    if (!id.text(0).equals("storage")) {
      throw new PickleFault("unsupported: data of kind " + id.text(0) + " outside of the pickle");
    }
    NumberType type = TYPES.get(id.global(1));
    if (type == null) {
      throw new PickleFault("corrupt: a storage of class " + id.global(1));
    }
    String name = folder + id.text(2);
    Storage known = storages.get(name);
    if (known == null) {
      known = new Storage(bytes(archive.members().get(name), name), type);
      storages.put(name, known);
    }
    // Tensors of several types may view one storage.
    Storage storage = known.type == type ? known : new Storage(known.bytes, type);
    long count = id.number(4);
    if (count < 0
        || count > Long.MAX_VALUE / type.bytes()
        || storage.bytes.length() != count * type.bytes()) {
      throw new PickleFault(
          "corrupt: storage "
              + name
              + " has "
              + storage.bytes.length()
              + " bytes, not "
              + count
              + " numbers of "
              + type
              + "; save the file again");
    }
    return storage;
  }

  /** {@code _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)}. */
  private Object tensor(PickleArguments arguments, HeapBudget heap) {
    Storage storage = arguments.get(Storage.class, 0);
    long[] shape = arguments.numbers(2);
    long[] strides = arguments.numbers(3);
    heap.charge(0);
    Layout layout = Layout.strided(storage.bytes, shape, strides, arguments.number(1));
    return NumericArray.of(storage.bytes, storage.type, order, layout);
  }

  private ByteSource bytes(@Nullable ZipMember member, String name) {
    if (member == null) {
      throw new PickleFault("corrupt: the archive has no storage " + name);
    }
    try {
      return TorchReader.stored(archive, member);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
