package dev.mer4j.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.WholeFile;
import dev.mer4j.onnx.internal.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Recognizes ONNX files of a producer by their first two fields, the version and the producer.
 *
 * @param producer the name of the producer
 */
record ProducerMark(String producer) implements FileMark {
  private static final int HEAD = 256;

  @Override
  public boolean isOn(Path file) throws IOException {
    CodedInputStream head = CodedInputStream.newInstance(WholeFile.head(file, HEAD));
    try {
      if (WireFormat.getTagFieldNumber(head.readTag()) != ModelProto.IR_VERSION_FIELD_NUMBER) {
        return false;
      }
      head.readInt64();
      return WireFormat.getTagFieldNumber(head.readTag()) == ModelProto.PRODUCER_NAME_FIELD_NUMBER
          && head.readString().equals(producer);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
