package dev.mer4j.data.store;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;

/** Writes in-memory segments as stores, assigned to the splits in turn. */
final class SmallStores {
  private SmallStores() {}

  static void write(Path file, SegmentSet segments) {
    write(file, segments, Precision.FLOAT32);
  }

  static void write(Path file, SegmentSet segments, Precision precision) {
    PrepareOptions plain = PrepareOptions.DEFAULT;
    PrepareOptions options =
        new PrepareOptions(
            plain.unit(),
            plain.steps(),
            plain.truncation(),
            plain.sanitize(),
            plain.incomplete(),
            precision);
    OutputFile.of(file, SegmentStore.MARK)
        .write(
            channel -> {
              StoreWriter writer =
                  new StoreWriter(
                      channel, precision, ModalitySet.of(segments.widths().modalities()));
              for (int s = 0; s < segments.size(); s++) {
                writer.add(segments.segment(s), Split.values()[s % 4]);
              }
              writer.finish(info(options, segments));
            });
  }

  private static StoreInfo info(PrepareOptions options, SegmentSet segments) {
    return StoreInfo.builder()
        .options(options)
        .labels(segments.labels())
        .widths(segments.widths())
        .standardization(Standardization.fit(segments))
        .build();
  }
}
