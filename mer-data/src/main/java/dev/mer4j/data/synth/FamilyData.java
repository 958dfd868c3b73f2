package dev.mer4j.data.synth;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A synthetic data set of a {@link Family}, in memory, with the probabilities that no model can
 * improve on. The same family, seed and number of videos give the same bits on every machine.
 *
 * <p>A segment's labels are drawn first, then its <em>evidence</em>, one number per modality and
 * emotion, from a known distribution. Its features are a function of the evidence and of noise that
 * is independent of the labels. The posterior probabilities given the evidence are computed exactly
 * by enumeration of the 64 sets of labels. As features have at most the information of their
 * evidence, thresholds on these probabilities give the highest expected F1 of each emotion (Ye et
 * al., 2012, "Optimizing F-measure: a tale of two approaches"): an upper bound for any model.
 */
public final class FamilyData {
  /** The number of segments of each video. */
  public static final int SEGMENTS_PER_VIDEO = 4;

  /** The fewest videos: one for each split. */
  public static final int FEWEST_VIDEOS = 5;

  /** The highest number of videos. */
  public static final int MOST_VIDEOS = 10_000;

  /** The duration of a segment in seconds; between segments there is a second without features. */
  private static final double SECONDS = 10;

  private final Family family;
  private final EvidenceModel model;
  private final long seed;
  private final int videos;
  private final Map<Split, SegmentSet> splits = new EnumMap<>(Split.class);
  private final Map<SegmentId, Evidence> evidence = new HashMap<>();

  private FamilyData(Family family, long seed, int videos) {
    if (videos < FEWEST_VIDEOS || videos > MOST_VIDEOS) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "videos of a family must be in [%d, %d]: %d",
              FEWEST_VIDEOS,
              MOST_VIDEOS,
              videos));
    }
    this.family = family;
    model = family.evidence();
    this.seed = seed;
    this.videos = videos;
    SeedStream draws = new Seeds(seed).stream("family").at(family.key());
    PerModality<FamilyFeatures> features =
        PerModality.of(
            Modality.MOSEI,
            modality ->
                new FamilyFeatures(
                    modality, family.timing(), draws.at("columns").at(modality.key())));
    Map<Split, List<Segment>> segments = new EnumMap<>(Split.class);
    for (int v = 0; v < videos; v++) {
      String video = String.format(Locale.ROOT, "%s-%05d", family.key(), v);
      List<Segment> own = segments.computeIfAbsent(role(v), split -> new ArrayList<>());
      for (int i = 0; i < SEGMENTS_PER_VIDEO; i++) {
        own.add(segment(new SegmentId(video, i), features, draws.at(video).at(i)));
      }
    }
    segments.forEach((split, list) -> splits.put(split, SegmentList.of(list, Emotion.MOSEI)));
  }

  /**
   * Generates a data set.
   *
   * @param videos at least {@value #FEWEST_VIDEOS}, of {@value #SEGMENTS_PER_VIDEO} segments each;
   *     half of them, 20 % and 30 % are the training, validation and test splits
   * @throws ConfigException if {@code videos} is out of range
   */
  public static FamilyData generate(Family family, long seed, int videos) {
    return new FamilyData(family, seed, videos);
  }

  /**
   * Writes the data set as CMU-MOSEI-like files, from which {@code mer prepare} makes the same
   * segments, and the bounds as {@code truth.json}.
   *
   * @param overwrite whether files that this program did not write may be replaced
   * @param bound the highest macro-F1 by available modalities
   * @return the paths of the labels and the features
   * @throws dev.mer4j.FileException if a file cannot be written, or exists and was not written by
   *     this program; then nothing is written
   */
  public CsdFolder write(
      Path folder, CsdLayout layout, boolean overwrite, Map<String, Double> bound) {
    return new FamilyFiles(this, new SyntheticFiles(folder, overwrite)).write(layout, bound);
  }

  private Split role(int video) {
    return 10L * video < 5L * videos
        ? Split.TRAIN
        : 10L * video < 7L * videos ? Split.VALID : Split.TEST;
  }

  private Segment segment(SegmentId id, PerModality<FamilyFeatures> generators, SeedStream draws) {
    LabelPrior.Draw labels = LabelPrior.draw(draws);
    Evidence own = model.draw(labels.bits(), draws);
    evidence.put(id, own);
    PerModality<Features> features =
        PerModality.of(
            Modality.MOSEI,
            modality -> generators.get(modality).generate(own, () -> other(draws), draws));
    float[] scores = new float[Emotion.MOSEI.size()];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = labels.has(c) ? 1 : 0;
    }
    double start = id.index() * (SECONDS + 1);
    return new Segment(
        id,
        start,
        start + SECONDS,
        EmotionScores.mosei(labels.pleasant() ? 1 : -1, scores),
        features);
  }

  private Evidence other(SeedStream draws) {
    return model.draw(LabelPrior.draw(draws).bits(), draws);
  }

  public Family family() {
    return family;
  }

  public long seed() {
    return seed;
  }

  /** Returns the number of videos. */
  public int videos() {
    return videos;
  }

  /**
   * Returns a split. Splits share no video.
   *
   * @param split one of train, valid and test
   */
  public SegmentSet split(Split split) {
    SegmentSet segments = splits.get(split);
    if (segments == null) {
      throw new ConfigException("a family has no split " + split.key());
    }
    return segments;
  }

  /**
   * Returns the probabilities of the emotions given the evidence of some modalities.
   *
   * @return [C], in the order of {@link Emotion#MOSEI}
   * @throws MerException if the segment is not of this data set
   */
  public List<Double> posterior(SegmentId segment, ModalitySet available) {
    Evidence own = evidence.get(segment);
    if (own == null) {
      throw new MerException("no segment " + segment + " in the synthetic family " + family.key());
    }
    double[] logRatios = new double[Emotion.MOSEI.size()];
    for (int c = 0; c < logRatios.length; c++) {
      logRatios[c] = model.logRatio(own, available, c);
    }
    List<Double> probabilities = new ArrayList<>();
    for (double probability : LabelPrior.posterior(logRatios)) {
      probabilities.add(probability);
    }
    return probabilities;
  }
}
