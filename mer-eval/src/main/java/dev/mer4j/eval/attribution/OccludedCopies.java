package dev.mer4j.eval.attribution;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.eval.missing.ErasedSteps;
import java.util.BitSet;
import java.util.List;

/**
 * Copies of one segment: the first is unchanged, each other one lacks a range of steps of one
 * modality. These steps have the training mean of every column, as in {@link ErasedSteps}.
 *
 * @param segment a set of this segment alone
 * @param occlusions the ranges, one for each copy after the first
 * @param standardization the model's standardization
 */
record OccludedCopies(
    SegmentSet segment, List<Occlusion> occlusions, Standardization standardization)
    implements SegmentSet {

  /** The steps [first, end) of a modality. */
  record Occlusion(Modality modality, int first, int end) {}

  @Override
  public int size() {
    return 1 + occlusions.size();
  }

  @Override
  public PerModality<Integer> widths() {
    return segment.widths();
  }

  @Override
  public List<Emotion> labels() {
    return segment.labels();
  }

  /** Returns the metadata of the segment with an id of its own, which encoding requires. */
  @Override
  public SegmentInfo info(int copy) {
    SegmentInfo info = segment.info(0);
    return new SegmentInfo(
        new SegmentId(info.id().video(), copy),
        info.group(),
        info.start(),
        info.end(),
        info.scores(),
        info.steps());
  }

  @Override
  public void read(int copy, Modality modality, float[] target, int offset) {
    segment.read(0, modality, target, offset);
    if (copy > 0 && occlusions.get(copy - 1).modality().equals(modality)) {
      Occlusion occlusion = occlusions.get(copy - 1);
      BitSet steps = new BitSet();
      steps.set(occlusion.first(), occlusion.end());
      ErasedSteps.erase(target, offset, standardization.of(modality), steps);
    }
  }
}
