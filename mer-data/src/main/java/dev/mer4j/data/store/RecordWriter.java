package dev.mer4j.data.store;

import dev.mer4j.MerException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.file.ChannelIo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;

/** Appends the features of segments to a store or a shard. One record is in memory at a time. */
final class RecordWriter {
  private final FileChannel channel;
  private final Precision precision;
  private ByteBuffer record = StoreFormat.allocate(1 << 20);

  RecordWriter(FileChannel channel, Precision precision) {
    this.channel = channel;
    this.precision = precision;
  }

  /** Returns the number of bytes of features [steps, width] in the file. */
  static long paddedBytes(int steps, int width, Precision precision) {
    long bytes = (long) steps * width * precision.bytes();
    return bytes + (-bytes & Float.BYTES - 1);
  }

  /** Returns the number of bytes of the features of all modalities of a segment in the file. */
  long paddedBytes(Segment segment) {
    return segment.features().values().stream()
        .mapToLong(features -> paddedBytes(features.steps(), features.width(), precision))
        .sum();
  }

  /** Writes the features of all modalities of a segment; returns their places in the file. */
  PerModality<StoreEntry.Place> write(Segment segment) throws IOException {
    PerModality.Builder<StoreEntry.Place> places = PerModality.builder();
    for (Modality modality : segment.features().modalities()) {
      long offset = channel.position();
      ByteBuffer bytes = encode(segment, segment.features().get(modality));
      places.put(modality, new StoreEntry.Place(offset, StoreFormat.crc(bytes)));
      ChannelIo.writeFully(channel, bytes);
      ChannelIo.writeFully(
          channel, StoreFormat.allocate((int) (-channel.position() & Float.BYTES - 1)));
    }
    return places.build();
  }

  private ByteBuffer encode(Segment segment, Features features) {
    long size = (long) features.values().length * precision.bytes();
    if (size > StoreFormat.MAX_RECORD_BYTES) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "%s: %d steps of %d features exceed the maximum size of a record; keep fewer steps",
              segment.id(),
              features.steps(),
              features.width()));
    }
    if (record.capacity() < size) {
      record = StoreFormat.allocate((int) size);
    }
    record.clear();
    switch (precision) {
      case FLOAT32 -> record.asFloatBuffer().put(features.values());
      case FLOAT16 -> {
        for (int i = 0; i < features.values().length; i++) {
          record.putShort(i * Short.BYTES, Float16.of(features.values()[i]));
        }
      }
    }
    return record.limit((int) size);
  }
}
