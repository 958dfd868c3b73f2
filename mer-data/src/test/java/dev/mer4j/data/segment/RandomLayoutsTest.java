package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Compares the segments of random files with the rule applied to lists of rows. */
final class RandomLayoutsTest {
  private static final List<String> IDS =
      List.of("-abc", "--", "1", "12", "123", "a", "ab", "a b", "é", "[0]", "x.y", "0_-_0");

  @TempDir Path folder;

  private record Row(double start, double end, List<Double> values) {}

  @RepeatedTest(60)
  void segmentsEqualThoseOfTheRule(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int labelWidth = Emotion.MOSEI.size() + random.nextInt(2);
    Map<String, List<Row>> labels = new LinkedHashMap<>();
    PerModality.Builder<Map<String, List<Row>>> made = PerModality.builder();
    Map<Modality, Integer> widths = new HashMap<>();
    for (Modality modality : Modality.MOSEI) {
      if (modality.equals(Modality.AUDIO) || random.nextInt(4) > 0) {
        made.put(modality, new LinkedHashMap<>());
        widths.put(modality, List.of(1, 35, 74, 768).get(random.nextInt(4)));
      }
    }
    PerModality<Map<String, List<Row>>> features = made.build();
    for (String id : IDS) {
      labels.put(id, rows(random, 1 + random.nextInt(6), labelWidth, 2));
      features.forEach(
          (modality, videos) -> {
            if (id.equals("a") || random.nextInt(5) > 0) {
              videos.put(id, rows(random, 1 + random.nextInt(30), widths.get(modality), 0.3));
            }
          });
    }
    PerModality.Builder<Path> files = PerModality.builder();
    features.forEach(
        (modality, videos) -> files.put(modality, write(modality.key(), videos, random)));
    CsdFolder data = new CsdFolder(write("labels", labels, random), files.build());
    boolean released = random.nextBoolean();

    try (SegmentReader reader = SegmentReader.open(data, SampleUnit.SEGMENT);
        SegmentReader outline = reader.reopenWithoutValues(FaultPolicy.STRICT)) {
      assertThat(reader.videos()).containsExactlyInAnyOrderElementsOf(IDS);
      for (String id : IDS) {
        List<RawSegment> found = reader.read(id);
        OutlineAssert.assertSameRows(outline.read(id), found);
        int next = 0;
        for (int i = 0; i < labels.get(id).size(); i++) {
          Row label = labels.get(id).get(i);
          if (Math.abs(label.start - label.end) >= 1e-5) {
            check(found.get(next++), id + "[" + i + "]", label, id, features);
          }
        }
        assertThat(found).hasSize(next);
        if (released) {
          reader.release();
        }
      }
    }
  }

  private static void check(
      RawSegment found,
      String name,
      Row label,
      String video,
      PerModality<Map<String, List<Row>>> features) {
    assertThat(found.id()).hasToString(name);
    for (Modality modality : Modality.MOSEI) {
      List<Row> expected =
          within(label, features.find(modality).orElse(Map.of()).getOrDefault(video, List.of()));
      SegmentRows rows = found.rows().find(modality).orElse(null);
      assertThat(rows == null ? 0 : rows.count())
          .as("%s %s", name, modality)
          .isEqualTo(expected.size());
      if (rows != null) {
        assertThat(rows.first()).isEqualTo(expected.get(0).start);
        assertThat(rows.last()).isEqualTo(expected.get(expected.size() - 1).end);
        for (int row = 0; row < rows.count(); row++) {
          for (int column = 0; column < rows.width(); column++) {
            assertThat(rows.at(row, column)).isEqualTo(expected.get(row).values.get(column));
          }
        }
      }
    }
  }

  /**
   * Returns the rows of a label, by insertion sort: in the order of the starts, ties in file order.
   */
  private static List<Row> within(Row label, List<Row> rows) {
    List<Row> sorted = new ArrayList<>();
    for (Row row : rows) {
      int at = sorted.size();
      while (at > 0 && sorted.get(at - 1).start > row.start) {
        at--;
      }
      sorted.add(at, row);
    }
    List<Row> kept = new ArrayList<>();
    for (Row row : sorted) {
      boolean touches = label.end - row.start > -1e-5 && row.end - label.start > -1e-5;
      double start = Math.max(row.start, label.start);
      double end = Math.min(row.end, label.end);
      boolean instant = row.start == row.end && label.start <= row.start && row.start < label.end;
      if ((touches && Math.abs(start - end) > 1e-5) || instant) {
        kept.add(new Row(start, end, row.values));
      }
    }
    return kept;
  }

  private static List<Row> rows(Random random, int count, int width, double seconds) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // A coarse grid makes boundaries coincide; some intervals are almost empty.
      double start = random.nextInt(16) / 4.0 - 1;
      double length =
          random.nextInt(8) == 0 ? random.nextInt(4) * 0.5e-5 : random.nextInt(9) * seconds / 4;
      double end = random.nextInt(12) == 0 ? start + 300 : start + length;
      List<Double> values = new ArrayList<>();
      for (int column = 0; column < width; column++) {
        values.add((double) random.nextInt(1000));
      }
      rows.add(new Row(start, end, values));
    }
    return rows;
  }

  private Path write(String name, Map<String, List<Row>> videos, Random random) {
    Path file = folder.resolve(name + ".csd");
    boolean doubles = name.equals("labels") || random.nextBoolean();
    CsdWriter.write(
        file,
        random.nextBoolean() ? CsdLayout.GZIP : CsdLayout.CONTIGUOUS,
        name,
        Map.of(),
        writer -> videos.forEach((video, rows) -> writer.put(entry(video, rows, doubles))));
    return file;
  }

  private static CsdEntry entry(String video, List<Row> rows, boolean doubles) {
    double[] intervals =
        rows.stream()
            .flatMap(row -> List.of(row.start, row.end).stream())
            .mapToDouble(d -> d)
            .toArray();
    double[] values =
        rows.stream().flatMap(row -> row.values.stream()).mapToDouble(d -> d).toArray();
    int width = rows.get(0).values.size();
    if (doubles) {
      return new CsdEntry(video, intervals, new Rows.Doubles(width, values));
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new CsdEntry(video, intervals, new Rows.Floats(width, floats));
  }
}
