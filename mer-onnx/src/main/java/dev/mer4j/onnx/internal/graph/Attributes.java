package dev.mer4j.onnx.internal.graph;

import com.google.protobuf.ByteString;
import dev.mer4j.onnx.internal.proto.AttributeProto;
import dev.mer4j.onnx.internal.proto.AttributeProto.AttributeType;
import java.util.Arrays;
import java.util.List;

/** Creates attributes of nodes. */
final class Attributes {
  private Attributes() {}

  static AttributeProto of(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto of(String name, long[] values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  static AttributeProto of(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** Creates an attribute that holds a tensor of one 64-bit integer. */
  static AttributeProto ofValue(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.TENSOR)
        .setT(Constants.of("", new long[] {value}, List.of(1)))
        .build();
  }
}
