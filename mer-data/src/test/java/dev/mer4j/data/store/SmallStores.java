package dev.mer4j.data.store;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.file.OutputFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes segments in memory as stores, in turn to every split. */
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
              StoreWriter writer = new StoreWriter(channel, precision);
              for (int s = 0; s < segments.size(); s++) {
                writer.add(segment(segments, s), Split.values()[s % 4]);
              }
              writer.finish(info(options, segments));
            });
  }

  private static Segment segment(SegmentSet segments, int s) {
    SegmentInfo info = segments.info(s);
    Map<Modality, Features> features = new EnumMap<>(Modality.class);
    for (Modality modality : info.modalities().toList()) {
      int width = segments.widths().getOrDefault(modality, 0);
      float[] values = new float[info.steps(modality) * width];
      segments.read(s, modality, values, 0);
      features.put(modality, new Features(info.steps(modality), width, values));
    }
    return new Segment(info.id(), info.start(), info.end(), info.scores(), features);
  }

  private static StoreInfo info(PrepareOptions options, SegmentSet segments) {
    return new StoreInfo(
        options,
        segments.widths(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0,
        List.of(),
        List.of(),
        Standardization.fit(segments),
        Coverage.COMPLETE);
  }
}
