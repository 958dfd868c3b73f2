package dev.mer4j.eval.attribution;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments of 20 to 24 steps of standard normal noise with short events: happy is present if text
 * contains an event, sad if audio does. An event raises one column by {@value #HEIGHT} for a
 * twentieth of the steps, at a random place.
 *
 * @param places the twentieth that contains the middle of the event of each segment and modality;
 *     no entry without an event
 */
record PlantedEvents(SegmentSet segments, List<PerModality<Integer>> places) {
  /** The modality of the event of each of the first emotions. */
  static final List<Modality> MODALITIES = List.of(Modality.TEXT, Modality.AUDIO);

  static final PerModality<Integer> WIDTHS = PerModality.of(Modality.TEXT, 4, Modality.AUDIO, 3);

  private static final float HEIGHT = 8;

  static PlantedEvents of(int count, String name, long seed) {
    SeedStream draws = new Seeds(seed).stream(name);
    List<Segment> segments = new ArrayList<>();
    List<PerModality<Integer>> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PerModality.Builder<Integer> own = PerModality.builder();
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : MODALITIES) {
        Features noise = noise(WIDTHS.get(modality), draws);
        features.put(modality, noise);
        if (draws.nextInt(2) == 1) {
          own.put(modality, raise(noise, draws));
        }
      }
      PerModality<Integer> events = own.build();
      float happy = events.has(Modality.TEXT) ? 1 : 0;
      float sad = events.has(Modality.AUDIO) ? 1 : 0;
      EmotionScores scores = EmotionScores.mosei(0, happy, sad, 0, 0, 0, 0);
      segments.add(new Segment(new SegmentId(name + i, 0), 0, 10, scores, features.build()));
      places.add(events);
    }
    return new PlantedEvents(SegmentList.of(segments), places);
  }

  private static Features noise(int width, SeedStream draws) {
    int steps = 20 + draws.nextInt(5);
    float[] values = new float[steps * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.nextGaussian(0, 1);
    }
    return new Features(steps, width, values);
  }

  /** Adds an event and returns the twentieth of its middle. */
  private static int raise(Features features, SeedStream draws) {
    int length = features.steps() / 20;
    int first = draws.nextInt(features.steps() - length + 1);
    for (int t = first; t < first + length; t++) {
      features.values()[t * features.width() + 1] += HEIGHT;
    }
    return (int) ((first + length / 2.0) * 20 / features.steps());
  }
}
