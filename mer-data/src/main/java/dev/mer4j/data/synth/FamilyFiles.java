package dev.mer4j.data.synth;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.csd.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a synthetic family. The steps of a segment divide its interval equally.
 *
 * @param data the data set
 */
record FamilyFiles(FamilyData data, SyntheticFiles files) {
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALID, Split.TEST);

  CsdFolder write(CsdLayout layout, Map<String, Double> bound) {
    Map<String, List<Segment>> videos = new LinkedHashMap<>();
    Map<Split, StringBuilder> lists = new EnumMap<>(Split.class);
    for (Split split : SPLITS) {
      SegmentSet segments = data.split(split);
      for (int s = 0; s < segments.size(); s++) {
        Segment segment = segments.segment(s);
        String video = segment.id().video();
        if (!videos.containsKey(video)) {
          lists.computeIfAbsent(split, none -> new StringBuilder()).append(video).append('\n');
        }
        videos.computeIfAbsent(video, none -> new ArrayList<>()).add(segment);
      }
    }
    Map<String, byte[]> folds = new LinkedHashMap<>();
    lists.forEach(
        (split, list) ->
            folds.put(split.key() + ".txt", list.toString().getBytes(StandardCharsets.UTF_8)));
    files.require(Modality.MOSEI, folds.keySet());
    files.writeLabels(layout, writer -> videos.values().forEach(own -> writer.put(labels(own))));
    PerModality.Builder<Path> features = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      files.writeFeatures(
          modality,
          layout,
          writer -> videos.values().forEach(own -> writer.put(features(own, modality))));
      features.put(modality, files.features(modality).path());
    }
    files.folds().write(folds);
    files.writeTruth(truth(bound));
    files.readme().write(SyntheticFiles.README);
    return new CsdFolder(files.labels().path(), features.build());
  }

  private Map<String, Object> truth(Map<String, Double> bound) {
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("family", data.family().key());
    truth.put("seed", data.seed());
    truth.put("videos", data.videos());
    truth.put("bound", bound);
    return truth;
  }

  private static CsdEntry labels(List<Segment> segments) {
    int columns = 1 + Emotion.MOSEI.size();
    double[] intervals = new double[2 * segments.size()];
    double[] values = new double[columns * segments.size()];
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      intervals[2 * i] = segment.start();
      intervals[2 * i + 1] = segment.end();
      values[i * columns] = segment.scores().sentiment();
      for (int c = 0; c < Emotion.MOSEI.size(); c++) {
        values[i * columns + 1 + c] = segment.scores().of(c);
      }
    }
    return new CsdEntry(segments.get(0).id().video(), intervals, new Rows.Doubles(columns, values));
  }

  private static CsdEntry features(List<Segment> segments, Modality modality) {
    int steps = segments.stream().mapToInt(each -> each.features().get(modality).steps()).sum();
    int width = segments.get(0).features().get(modality).width();
    double[] intervals = new double[2 * steps];
    float[] values = new float[steps * width];
    int row = 0;
    for (Segment segment : segments) {
      Features own = segment.features().get(modality);
      System.arraycopy(own.values(), 0, values, row * width, own.values().length);
      double seconds = (segment.end() - segment.start()) / own.steps();
      for (int t = 0; t < own.steps(); t++) {
        intervals[2 * row] = segment.start() + t * seconds;
        intervals[2 * row + 1] = segment.start() + (t + 1) * seconds;
        row++;
      }
    }
    return new CsdEntry(segments.get(0).id().video(), intervals, new Rows.Floats(width, values));
  }
}
