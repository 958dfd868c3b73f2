package dev.mer4j.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the model folders and the input segments that {@code src/test/python/torch_logits.py}
 * reads. The argument is the output folder.
 */
final class TorchModel {
  private static final Path INPUT = Path.of("src/test/resources/torch/segments.json");
  private static final EmotionScores NO_EMOTION = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);

  static final SegmentSet SEGMENTS = read();

  private TorchModel() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    save(Fusion.concatenation(), folder.resolve("concatenation"));
    save(new Fusion.Attention(4), folder.resolve("attention"));
    save(Fusion.attentionSum(), folder.resolve("attention-sum"));
    save(Fusion.additive(2), folder.resolve("additive"));
    savePooled(folder.resolve("pooled"));
    Files.copy(INPUT, folder.resolve("segments.json"));
  }

  static void save(Fusion fusion, Path folder) {
    try (MultimodalModel model = build(fusion)) {
      model.save(folder, Provenance.UNKNOWN);
    }
  }

  /** Saves a model with attention pooling, attention fusion and no dropout. */
  static void savePooled(Path folder) {
    try (MultimodalModel model =
        RandomSegments.pooled(builder(new Fusion.Attention(4)).headDropout(0))) {
      model.setStandardization(Standardization.fit(SEGMENTS));
      model.save(folder, Provenance.UNKNOWN);
    }
  }

  private static ModelBuilder builder(Fusion fusion) {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(4)
        .headHidden(7)
        .fusion(fusion)
        .seed(31);
  }

  static MultimodalModel build(Fusion fusion) {
    MultimodalModel model = builder(fusion).build();
    model.setStandardization(Standardization.fit(SEGMENTS));
    if (fusion instanceof Fusion.Additive) {
      model.parameters().values()[model.parameters().view("fusion.bias").offset() + 1] = 0.5f;
      model.setTermMeans(
          new TermMeans(
              Map.of(ModalitySet.of(Modality.TEXT), List.of(0.0, 1.0, -1.0, 0.5, 2.0, 0.0))));
    }
    return model;
  }

  /** Each segment's features are {modality: [T, D]}, without absent modalities. */
  private static SegmentSet read() {
    List<Segment> segments = new ArrayList<>();
    try {
      for (JsonNode segment : new ObjectMapper().readTree(INPUT.toFile())) {
        PerModality.Builder<Features> features = PerModality.builder();
        segment
            .properties()
            .forEach(rows -> put(features, Modality.of(rows.getKey()), rows.getValue()));
        SegmentId id = new SegmentId("v", segments.size());
        segments.add(new Segment(id, 0, 1, NO_EMOTION, features.build()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SegmentList.of(segments);
  }

  private static void put(
      PerModality.Builder<Features> features, Modality modality, JsonNode rows) {
    int width = RandomSegments.WIDTHS.get(modality);
    float[] values = new float[rows.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / width).get(i % width).floatValue();
    }
    features.put(modality, new Features(rows.size(), width, values));
  }
}
