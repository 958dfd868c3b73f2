package dev.mer4j.onnx.internal.graph;

import com.google.protobuf.ByteString;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Creates and reads the constant tensors of a graph, which ONNX stores in little-endian order. */
final class Constants {
  private Constants() {}

  static TensorProto of(String name, float[] values, List<Integer> shape) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, shape, bytes);
  }

  static TensorProto of(String name, long[] values, List<Integer> shape) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT64, shape, bytes);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, List<Integer> shape, ByteBuffer bytes) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    tensor.setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }

  /**
   * Returns the values of a float32 tensor.
   *
   * @throws IllegalArgumentException if it is missing or has another type or shape
   */
  static float[] find(Map<String, TensorProto> constants, String name, List<Integer> shape) {
    TensorProto tensor = constants.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("it has no constant " + name);
    }
    FloatBuffer values =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<Integer> found = tensor.getDimsList().stream().map(Math::toIntExact).toList();
    if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()
        || !found.equals(shape)
        || values.remaining() != shape.stream().reduce(1, Math::multiplyExact)) {
      throw new IllegalArgumentException(
          "its constant " + name + " is " + found + ", expected float32 " + shape);
    }
    float[] copy = new float[values.remaining()];
    values.get(copy);
    return copy;
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
