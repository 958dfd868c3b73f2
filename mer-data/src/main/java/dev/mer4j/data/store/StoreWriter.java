package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.file.ChannelIo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;

/** Appends segments to a store. Only the index and the bytes of one segment are in memory. */
final class StoreWriter {
  private final FileChannel channel;
  private final Precision precision;
  private final List<Modality> order;
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private ByteBuffer record = StoreFormat.allocate(1 << 20);
  private int segments;
  private boolean mosei = true;

  /**
   * Writes the header.
   *
   * @param modalities all that segments may have
   */
  StoreWriter(FileChannel channel, Precision precision, ModalitySet modalities) throws IOException {
    this.channel = channel;
    this.precision = precision;
    order = modalities.bitOrder();
    ChannelIo.writeFully(channel, StoreFormat.header(StoreFormat.MOSEI_VERSION));
  }

  void add(Segment segment, Split split) throws IOException {
    PerModality.Builder<StoreEntry.Place> places = PerModality.builder();
    for (Modality modality : segment.features().modalities()) {
      long offset = channel.position();
      ByteBuffer bytes = encode(segment, segment.features().get(modality));
      places.put(modality, new StoreEntry.Place(offset, StoreFormat.crc(bytes)));
      ChannelIo.writeFully(channel, bytes);
      ChannelIo.writeFully(
          channel, StoreFormat.allocate((int) (-channel.position() & Float.BYTES - 1)));
    }
    StoreFormat.encode(new StoreEntry(segment.info(), split, places.build()), order, index);
    mosei &= StoreFormat.isMosei(segment.info());
    segments++;
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

  void finish(StoreInfo info) throws IOException {
    if (!ModalitySet.of(info.widths().modalities()).bitOrder().equals(order)) {
      throw new IllegalArgumentException(
          "segments of " + order + " in a store of " + info.widths().modalities());
    }
    StoreFormat.Block indexBlock = block(index.toByteArray());
    StoreFormat.Block infoBlock = block(new JsonMapper().writeValueAsBytes(info));
    boolean old = mosei && info.labels().equals(Emotion.MOSEI);
    int version = old ? StoreFormat.MOSEI_VERSION : StoreFormat.VERSION;
    ChannelIo.writeFully(
        channel, new StoreFormat.Trailer(version, segments, indexBlock, infoBlock).encode());
    if (!old) {
      long end = channel.position();
      channel.position(0);
      ChannelIo.writeFully(channel, StoreFormat.header(version));
      channel.position(end);
    }
  }

  private StoreFormat.Block block(byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    StoreFormat.Block block =
        new StoreFormat.Block(channel.position(), content.length, StoreFormat.crc(bytes));
    ChannelIo.writeFully(channel, bytes);
    return block;
  }
}
