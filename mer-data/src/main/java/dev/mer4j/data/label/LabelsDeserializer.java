package dev.mer4j.data.label;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.mer4j.data.Emotion;
import java.io.IOException;
import java.util.List;

/** Reads labels; files of older versions, which have none, are of CMU-MOSEI's. */
final class LabelsDeserializer extends StdDeserializer<List<Emotion>> {
  private static final long serialVersionUID = 1;

  LabelsDeserializer() {
    super(List.class);
  }

  @Override
  public List<Emotion> deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    return List.of(context.readValue(json, Emotion[].class));
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return Emotion.MOSEI;
  }
}
