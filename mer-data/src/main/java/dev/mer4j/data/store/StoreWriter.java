package dev.mer4j.data.store;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Appends segments to a store. Only the index and the bytes of one segment are in memory. */
final class StoreWriter {
  private final FileChannel channel;
  private final RecordWriter records;
  private final StoreIndex index;

  /**
   * Writes the header.
   *
   * @param modalities all that segments may have
   */
  StoreWriter(FileChannel channel, Precision precision, ModalitySet modalities) throws IOException {
    this.channel = channel;
    records = new RecordWriter(channel, precision);
    index = new StoreIndex(modalities);
    StoreIndex.begin(channel);
  }

  void add(Segment segment, Split split) throws IOException {
    index.add(new StoreEntry(segment.info(), split, records.write(segment)));
  }

  void finish(StoreInfo info) throws IOException {
    index.finish(channel, info);
  }
}
