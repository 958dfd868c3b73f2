package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.pickle.HeapBudget;
import dev.mer4j.data.source.pickle.PickleArguments;
import dev.mer4j.data.source.pickle.PickleCall;
import dev.mer4j.data.source.pickle.PickleFault;
import java.nio.ByteOrder;
import java.util.Map;

/** The functions by which a pickle makes tensors of storages. */
final class TorchTensor {
  static final Map<String, PickleCall> GLOBALS =
      Map.of(
          "torch._utils._rebuild_tensor_v2",
          TorchTensor::tensor,
          "torch._utils._rebuild_parameter",
          (arguments, heap) -> arguments.get(0));

  private static final int METADATA = 6;

  private TorchTensor() {}

  /** Numbers that tensors view. */
  record Storage(ByteSource bytes, NumberType type, ByteOrder order) {}

  /**
   * {@code _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks, metadata)}.
   * The metadata, of newer versions, is a dict of lazy operations such as a negation.
   */
  private static Object tensor(PickleArguments arguments, HeapBudget heap) {
    if (arguments.count() > METADATA && !arguments.isEmpty(METADATA)) {
      throw new PickleFault(
          "unsupported: a tensor whose negation is not computed yet; save tensor.resolve_neg()");
    }
    Storage storage = arguments.get(Storage.class, 0);
    long[] shape = arguments.numbers(2);
    long[] strides = arguments.numbers(3);
    heap.charge(0);
    Layout layout = Layout.strided(storage.bytes, shape, strides, arguments.number(1));
    return NumericArray.of(storage.bytes, storage.type, storage.order, layout);
  }
}
