package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.BooleanNode;
import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.Layout;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
import dev.mer4j.data.source.array.TextNode;
import dev.mer4j.data.source.array.TypeString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The functions that numpy's own pickles call. */
final class NumpyCalls {
  private NumpyCalls() {}

  /** {@code _reconstruct(class, shape, type)}: its state follows. */
  static Object reconstruct(PickleArguments arguments, HeapBudget heap) {
    if (!arguments.global(0).equals("numpy.ndarray")) {
      throw new PickleFault("unsupported array class " + arguments.global(0));
    }
    heap.charge(0);
    return new PyArray();
  }

  /** {@code dtype(notation, align, copy)}: its state follows. */
  static Object dtype(PickleArguments arguments, HeapBudget heap) {
    heap.charge(0);
    return new PyDtype(arguments.text(0));
  }

  /** {@code scalar(type, bytes)}: a number or text. */
  static Object scalar(PickleArguments arguments, HeapBudget heap) throws IOException {
    TypeString type = arguments.get(PyDtype.class, 0).type();
    if (type.isObject()) {
      return arguments.get(1);
    }
    ByteSource bytes = arguments.bytes(1);
    heap.charge(bytes.length());
    Node array = type.array(bytes, Layout.dense(bytes, new long[] {}, false));
    if (array instanceof TextArray text) {
      return new TextNode(text.texts().get(0));
    }
    NumericArray number = (NumericArray) array;
    return switch (number.type()) {
      case BOOL -> new BooleanNode(number.readDoubles(0, 1)[0] != 0);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> new NumberNode(number.readDoubles(0, 1)[0]);
      case INT64 -> new NumberNode(wide(bytes, type));
      case UINT64 ->
          wide(bytes, type) < 0
              ? new NumberNode(new BigInteger(Long.toUnsignedString(wide(bytes, type))))
              : new NumberNode(wide(bytes, type));
      default -> new NumberNode((long) number.readDoubles(0, 1)[0]);
    };
  }

  /** {@code _frombuffer(bytes, type, shape, order, axes)}: a whole array, of protocol 5. */
  static Object fromBuffer(PickleArguments arguments, HeapBudget heap) {
    ByteSource bytes = arguments.bytes(0);
    TypeString type = arguments.get(PyDtype.class, 1).type();
    long[] shape = arguments.numbers(2);
    String order = arguments.text(3);
    if (type.isObject()) {
      throw new PickleFault("corrupt: an array of objects in a buffer");
    }
    Layout layout = Layout.dense(bytes, shape, order.equals("F"));
    if (order.equals("K") && arguments.count() > 4) {
      layout = layout.transpose(axes(arguments.numbers(4), shape.length));
    }
    heap.charge(0);
    return type.array(bytes, layout);
  }

  private static int[] axes(long[] order, int rank) {
    int[] axes = new int[rank];
    boolean[] taken = new boolean[rank];
    for (int i = 0; i < rank; i++) {
      long axis = order.length == rank ? order[i] : -1;
      if (axis < 0 || axis >= rank || taken[(int) axis]) {
        throw new PickleFault("corrupt: an impossible order of axes");
      }
      axes[i] = (int) axis;
      taken[axes[i]] = true;
    }
    return axes;
  }

  private static long wide(ByteSource bytes, TypeString type) throws IOException {
    ByteBuffer number = bytes.read(0, NumberType.INT64.bytes());
    return number.order(type.order()).getLong();
  }
}
