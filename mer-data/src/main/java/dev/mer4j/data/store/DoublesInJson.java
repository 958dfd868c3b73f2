package dev.mer4j.data.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;

/**
 * Writes {@code double[]} in JSON as Base64 of its bytes, big-endian, because the conversion of
 * thousands of column moments to decimals and back takes longer than the rest of a shard's
 * description.
 */
final class DoublesInJson {
  private DoublesInJson() {}

  static Module module() {
    return new SimpleModule()
        .addSerializer(double[].class, new Writer())
        .addDeserializer(double[].class, new Reader());
  }

  private static final class Writer extends StdSerializer<double[]> {
    @Serial private static final long serialVersionUID = 1;

    Writer() {
      super(double[].class);
    }

    @Override
    public void serialize(double[] values, JsonGenerator target, SerializerProvider provider)
        throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      bytes.asDoubleBuffer().put(values);
      target.writeBinary(bytes.array());
    }
  }

  private static final class Reader extends StdDeserializer<double[]> {
    @Serial private static final long serialVersionUID = 1;

    Reader() {
      super(double[].class);
    }

    @Override
    public double[] deserialize(JsonParser source, DeserializationContext context)
        throws IOException {
      byte[] bytes = source.getBinaryValue();
      double[] values = new double[bytes.length / Double.BYTES];
      ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
      return values;
    }
  }
}
