package dev.mer4j.onnx.internal.graph;

import com.google.protobuf.ByteString;
import dev.mer4j.onnx.internal.proto.TensorProto;
import dev.mer4j.onnx.internal.proto.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Creates and reads the constant tensors of a graph, which ONNX stores in little-endian order. */
final class Constants {
  /** The most extents of a shape in a message. */
  private static final int MOST_EXTENTS = 8;

  private Constants() {}

  static TensorProto of(String name, float[] values, List<Integer> shape) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(name, DataType.FLOAT, shape, bytes);
  }

  static TensorProto of(String name, double[] values, List<Integer> shape) {
    ByteBuffer bytes = littleEndian(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return tensor(name, DataType.DOUBLE, shape, bytes);
  }

  static TensorProto of(String name, long[] values, List<Integer> shape) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(name, DataType.INT64, shape, bytes);
  }

  private static TensorProto tensor(
      String name, DataType type, List<Integer> shape, ByteBuffer bytes) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    tensor.setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }

  /**
   * Checks a float32 tensor.
   *
   * @throws IllegalArgumentException if it is missing, has another type, shape or number of values,
   *     or its values are in another file
   */
  static TensorProto require(Map<String, TensorProto> constants, String name, List<Integer> shape) {
    TensorProto tensor = constants.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("it has no constant " + name);
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new IllegalArgumentException(
          "the values of its constant " + name + " are in another file, where mer4j writes none");
    }
    List<Long> expected = shape.stream().map(Integer::longValue).toList();
    if (tensor.getDataType() != DataType.FLOAT.getNumber()
        || !tensor.getDimsList().equals(expected)) {
      throw new IllegalArgumentException(
          "its constant "
              + name
              + " is "
              + DataType.forNumber(tensor.getDataType())
              + " "
              + shape(tensor)
              + ", expected FLOAT "
              + shape);
    }
    long bytes = expected.stream().reduce((long) Float.BYTES, Math::multiplyExact);
    if (tensor.getRawData().size() != bytes) {
      throw new IllegalArgumentException(
          "its constant "
              + name
              + " has "
              + tensor.getRawData().size()
              + " bytes of values, expected "
              + bytes);
    }
    return tensor;
  }

  private static String shape(TensorProto tensor) {
    return tensor.getDimsCount() > MOST_EXTENTS
        ? "of " + tensor.getDimsCount() + " axes"
        : tensor.getDimsList().toString();
  }

  /** Returns the values of a float32 tensor after {@link #require}. */
  static float[] find(Map<String, TensorProto> constants, String name, List<Integer> shape) {
    ByteString bytes = require(constants, name, shape).getRawData();
    float[] values = new float[bytes.size() / Float.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Returns arrays one after the other. */
  static float[] concatenate(List<float[]> arrays) {
    float[] all = new float[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, all, at, array.length);
      at += array.length;
    }
    return all;
  }

  /** Returns {@code parts} arrays of the same length. */
  static List<float[]> split(float[] values, int parts) {
    int length = values.length / parts;
    return IntStream.range(0, parts)
        .mapToObj(part -> Arrays.copyOfRange(values, part * length, (part + 1) * length))
        .toList();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
