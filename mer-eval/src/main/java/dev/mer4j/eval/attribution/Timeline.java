package dev.mer4j.eval.attribution;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.StepMask;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * What each twentieth of a segment adds to the logits, per modality, by occlusion (Zeiler and
 * Fergus, 2014): the logit minus the logit of a pass in which the steps of that twentieth have the
 * training mean. Sequences keep their lengths. A step belongs to the twentieth that contains its
 * middle; a step longer than a twentieth therefore leaves others without steps.
 *
 * <p>The values do not sum to the logit: each is relative to the rest of the segment, and two
 * twentieths with the same content may each add little.
 *
 * @param predictions the prediction of the segment from all its modalities
 * @param times the times of the steps of each of these modalities
 * @param parts the {@value #PARTS} parts, in order, of each modality that the model reads
 */
public record Timeline(
    Predictions predictions, PerModality<StepTimes> times, PerModality<List<Part>> parts) {
  /** The number of parts of a segment. */
  public static final int PARTS = 20;

  public Timeline {
    parts = parts.<List<Part>>map(List::copyOf).sorted();
  }

  /**
   * One part of one modality.
   *
   * @param index in [0, {@value #PARTS})
   * @param first the first step
   * @param end the step after the last; {@code first} if the part has no steps
   * @param added [C], what the steps add to each logit; 0 without steps
   */
  public record Part(Modality modality, int index, int first, int end, List<Double> added) {
    public Part {
      added = List.copyOf(added);
    }

    /** Returns the number of steps. */
    public int steps() {
      return end - first;
    }

    /** Returns the steps of this part if the modality is its own; as of {@link StepMask}. */
    BitSet erased(int segment, Modality other) {
      BitSet steps = new BitSet();
      if (other.equals(modality)) {
        steps.set(first, end);
      }
      return steps;
    }
  }

  /** Computes the timeline of a segment whose steps are evenly spaced over its duration. */
  public static Timeline of(MultimodalModel model, Segment segment) {
    return of(model, segment, PerModality.of());
  }

  /**
   * Computes the timeline of a segment.
   *
   * @param times the times of the steps of a modality; evenly spaced where they are not given
   */
  public static Timeline of(MultimodalModel model, Segment segment, PerModality<StepTimes> times) {
    SegmentSet single = SegmentList.of(List.of(segment));
    Predictions predictions = model.predict(single);
    PerModality<StepTimes> own =
        PerModality.of(
            predictions.rows().get(0).available().toList(),
            modality -> times.find(modality).orElseGet(() -> even(segment, modality)));
    List<Part> empty = new ArrayList<>();
    own.forEach((modality, steps) -> empty.addAll(split(modality, steps)));
    return new Timeline(predictions, own, measured(model, single, empty));
  }

  private static StepTimes even(Segment segment, Modality modality) {
    return StepTimes.even(segment.features().get(modality).steps(), StepSpan.WHOLE);
  }

  /** Divides T steps into parts, which have not been measured. */
  static List<Part> split(Modality modality, StepTimes times) {
    int steps = times.steps();
    List<Part> parts = new ArrayList<>();
    int first = 0;
    for (int index = 0; index < PARTS; index++) {
      int end = first;
      while (end < steps && times.middle(end) * PARTS < index + 1) {
        end++;
      }
      end = index == PARTS - 1 ? steps : end;
      parts.add(new Part(modality, index, first, end, List.of()));
      first = end;
    }
    return parts;
  }

  private static PerModality<List<Part>> measured(
      MultimodalModel model, SegmentSet segment, List<Part> parts) {
    List<StepMask> masks = new ArrayList<>();
    masks.add((index, modality) -> new BitSet());
    parts.stream().filter(part -> part.steps() > 0).forEach(part -> masks.add(part::erased));
    List<float[]> logits =
        model.encode(segment, masks).stream()
            .map(pass -> model.logits(pass, pass.presence()))
            .toList();
    float[] whole = logits.get(0);
    List<Part> measured = new ArrayList<>();
    int row = 0;
    for (Part part : parts) {
      row += part.steps() == 0 ? 0 : 1;
      List<Double> added = new ArrayList<>();
      float[] without = part.steps() == 0 ? whole : logits.get(row);
      for (int c = 0; c < whole.length; c++) {
        added.add((double) whole[c] - without[c]);
      }
      measured.add(new Part(part.modality(), part.index(), part.first(), part.end(), added));
    }
    return PerModality.of(
        measured.stream().map(Part::modality).distinct().toList(),
        modality -> measured.stream().filter(part -> part.modality().equals(modality)).toList());
  }

  /** Returns the prediction of the segment. */
  public Prediction prediction() {
    return predictions.rows().get(0);
  }

  /**
   * Returns the start of a part's first step, as a share of the segment's duration.
   *
   * @param part a part with steps
   */
  public double start(Part part) {
    return times.get(part.modality()).start(part.first());
  }

  /**
   * Returns the end of a part's last step, as a share of the segment's duration.
   *
   * @param part a part with steps
   */
  public double end(Part part) {
    return times.get(part.modality()).end(part.end() - 1);
  }

  /**
   * Returns a time in seconds into the video; NaN if the segment's times are unknown.
   *
   * @param share of the segment's duration, in [0, 1]
   */
  public double seconds(double share) {
    SegmentInfo segment = prediction().segment();
    return segment.start() + (segment.end() - segment.start()) * share;
  }

  /**
   * Returns the parts with the largest absolute values for a class, in descending order.
   *
   * @param label the index of the class
   * @param count the most parts to return
   */
  public List<Part> largest(int label, int count) {
    return parts.values().stream()
        .flatMap(List::stream)
        .filter(part -> part.steps() > 0)
        .sorted(
            Comparator.comparingDouble((Part part) -> Math.abs(part.added().get(label))).reversed())
        .limit(count)
        .toList();
  }
}
