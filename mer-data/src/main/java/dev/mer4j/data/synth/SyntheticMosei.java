package dev.mer4j.data.synth;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.seed.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes synthetic files in the format of the CMU-MOSEI release, with its names, rates, priors and
 * faults, and with a known signal in each modality: {@link PlantedSignal}. Use them for tests and
 * trials, never for reported results.
 *
 * <p>A few videos are in memory at a time; one of average length takes 8 MB of disk at duration
 * factor 1. The same settings produce the same bytes on any number of processors.
 */
public final class SyntheticMosei {
  /** The subfolder of {@code train.txt}, {@code valid.txt} and {@code test.txt}. */
  public static final String FOLDS = "folds";

  /** Videos generated in parallel before they are written. */
  private static final int PARALLEL_VIDEOS = 4;

  private final int videos;
  private final Seeds seeds;
  private final PerModality<Integer> widths;
  private final double durationFactor;
  private final CsdLayout layout;
  private final Progress progress;
  private final boolean overwrite;

  private SyntheticMosei(Builder builder) {
    List<String> problems = new ArrayList<>();
    if (builder.videos < 3 || builder.videos > 10_000) {
      problems.add("videos must be in [3, 10000], one for each fold: " + builder.videos);
    }
    if (!(builder.durationFactor >= 0.05 && builder.durationFactor <= 10)) {
      problems.add("duration factor must be in [0.05, 10]: " + builder.durationFactor);
    }
    builder.widths.forEach(
        (modality, width) -> {
          if (width < 1 || width > 10_000) {
            problems.add(modality.key() + " width must be in [1, 10000]: " + width);
          }
        });
    ConfigException.throwIfAny("synthetic data", problems);
    videos = builder.videos;
    seeds = new Seeds(builder.seed);
    widths = builder.widths.sorted();
    durationFactor = builder.durationFactor;
    layout = builder.layout;
    progress = builder.progress;
    overwrite = builder.overwrite;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A listener for the progress of the writing. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every few videos of every file. */
    void written(int done, int total);
  }

  /**
   * Writes the files into a folder and replaces previously written ones.
   *
   * @return the paths of the labels and the features
   * @throws FileException if a file cannot be written, or exists and was not written by this
   *     program; then nothing is written
   */
  public CsdFolder write(Path folder) {
    List<String> ids = SyntheticIds.ids(videos, seeds);
    Map<String, byte[]> folds = SyntheticIds.folds(ids, seeds);
    SyntheticFiles files = new SyntheticFiles(folder, overwrite);
    files.require(widths.modalities(), folds.keySet());
    files.writeLabels(layout, writer -> ids.forEach(id -> writer.put(labels(script(id)))));
    int done = 0;
    PerModality.Builder<Path> features = PerModality.builder();
    for (Modality modality : widths.modalities()) {
      FeatureGenerator generator = new FeatureGenerator(modality, widths.get(modality), seeds);
      int before = done;
      files.writeFeatures(
          modality, layout, writer -> generate(ids, generator, modality, writer, before));
      done += videos;
      features.put(modality, files.features(modality).path());
    }
    files.folds().write(folds);
    files.writeTruth(truth());
    files.readme().write(SyntheticFiles.README);
    return new CsdFolder(files.labels().path(), features.build());
  }

  private void generate(
      List<String> ids,
      FeatureGenerator generator,
      Modality modality,
      CsdWriter writer,
      int before) {
    int done = before;
    for (int first = 0; first < ids.size(); first += PARALLEL_VIDEOS) {
      List<String> some = ids.subList(first, Math.min(ids.size(), first + PARALLEL_VIDEOS));
      some.parallelStream()
          .map(this::script)
          .filter(script -> !modality.equals(script.missing()))
          .map(generator::generate)
          .toList()
          .forEach(writer::put);
      done += some.size();
      progress.written(done, videos * widths.size());
    }
  }

  private VideoScript script(String id) {
    return VideoScript.of(id, durationFactor, seeds.stream("synthetic-videos").at(id));
  }

  private static CsdEntry labels(VideoScript script) {
    int columns = 1 + Emotion.MOSEI.size();
    double[] intervals = new double[2 * script.scenes().size()];
    double[] values = new double[columns * script.scenes().size()];
    for (int i = 0; i < script.scenes().size(); i++) {
      VideoScript.Scene scene = script.scenes().get(i);
      intervals[2 * i] = scene.start();
      intervals[2 * i + 1] = scene.end();
      System.arraycopy(scene.labels(), 0, values, i * columns, columns);
    }
    return new CsdEntry(script.id(), intervals, new Rows.Doubles(columns, values));
  }

  private Map<String, Object> truth() {
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("seed", seeds.root());
    truth.put("videos", videos);
    truth.put("nuisance", PlantedSignal.NUISANCE);
    truth.put("separation", separations());
    return truth;
  }

  /** Returns d′ of each set of modalities and each emotion. */
  private static Map<String, Map<String, Double>> separations() {
    Map<String, Map<String, Double>> separations = new LinkedHashMap<>();
    for (ModalitySet modalities : ModalitySet.of(Modality.MOSEI).nonEmpty()) {
      Map<String, Double> byEmotion = new LinkedHashMap<>();
      for (Emotion emotion : Emotion.MOSEI) {
        byEmotion.put(emotion.key(), PlantedSignal.separation(modalities, emotion));
      }
      separations.put(modalities.toString(), byEmotion);
    }
    return separations;
  }

  /** Builds a {@link SyntheticMosei}. */
  public static final class Builder {
    private int videos = 100;
    private long seed;
    private double durationFactor = 1;
    private CsdLayout layout = CsdLayout.CONTIGUOUS;
    private PerModality<Integer> widths =
        PerModality.of(Modality.TEXT, 300, Modality.AUDIO, 74, Modality.VISUAL, 713);
    private Progress progress = (done, total) -> {};
    private boolean overwrite;

    private Builder() {}

    /** Sets the number of videos, at least 3, of 7 segments on average. Defaults to 100. */
    public Builder videos(int videos) {
      this.videos = videos;
      return this;
    }

    /** Sets the seed. Defaults to 0. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets D of a modality. Defaults to the release's 300, 74 and 713. */
    public Builder width(Modality modality, int width) {
      widths = widths.with(modality, width);
      return this;
    }

    /** Sets the factor on all durations of the release. Defaults to 1. */
    public Builder durationFactor(double durationFactor) {
      this.durationFactor = durationFactor;
      return this;
    }

    /** Sets the layout of the numbers in the files. Defaults to {@link CsdLayout#CONTIGUOUS}. */
    public Builder layout(CsdLayout layout) {
      this.layout = layout;
      return this;
    }

    /** Sets the listener that is notified of the progress. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /** Sets whether files that this program did not write may be replaced. Defaults to false. */
    public Builder overwrite(boolean overwrite) {
      this.overwrite = overwrite;
      return this;
    }

    /**
     * Returns the writer.
     *
     * @throws ConfigException if a setting is out of range
     */
    public SyntheticMosei build() {
      return new SyntheticMosei(this);
    }
  }
}
