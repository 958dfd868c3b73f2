package dev.mer4j.data.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * Writes files in the shape of the CMU-MOSEI release, with its names, rates, priors and faults, and
 * with a known signal in each modality: {@link PlantedSignal}. To try everything on before the real
 * files are there; never to report results on.
 *
 * <p>Memory is that of a few videos; one of average length takes 8 MB of disk at full pace. The
 * same settings write the same bytes, on any number of processors.
 */
public final class SyntheticMosei {
  /** The folder, beside the files, of {@code train.txt}, {@code valid.txt} and {@code test.txt}. */
  public static final String FOLDS = "folds";

  private static final PerModality<String> ROOTS =
      PerModality.of(
          Modality.TEXT, "glove_vectors",
          Modality.AUDIO, "COVAREP",
          Modality.VISUAL, "OpenFace_2");
  private static final String LABELS_ROOT = "All Labels";

  /** Videos recorded side by side before they are written. */
  private static final int AT_ONCE = 4;

  private final int videos;
  private final Seeds seeds;
  private final PerModality<Integer> widths;
  private final double pace;
  private final CsdLayout layout;
  private final Progress progress;
  private final boolean overwrite;

  private SyntheticMosei(Builder builder) {
    List<String> problems = new ArrayList<>();
    if (builder.videos < 3 || builder.videos > 10_000) {
      problems.add("videos must be in [3, 10000], one for each fold: " + builder.videos);
    }
    if (!(builder.durationFactor >= 0.05 && builder.durationFactor <= 10)) {
      problems.add("pace must be in [0.05, 10]: " + builder.durationFactor);
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
    pace = builder.durationFactor;
    layout = builder.layout;
    progress = builder.progress;
    overwrite = builder.overwrite;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Is told how far the writing has come. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every few videos of every file. */
    void written(int done, int total);
  }

  /**
   * Writes the files into a folder, replacing those that were written here before.
   *
   * @return where the labels and the features are
   * @throws FileException if a file cannot be written, or exists and was not written by this
   *     program; then nothing is written
   */
  public CsdFolder write(Path folder) {
    List<String> ids = SyntheticIds.ids(videos, seeds);
    Map<String, byte[]> folds = SyntheticIds.folds(ids, seeds);
    SyntheticFiles files = new SyntheticFiles(folder, overwrite);
    files.require(widths.modalities(), folds.keySet());
    CsdWriter.write(
        files.labels(),
        layout,
        LABELS_ROOT,
        metadata(LABELS_ROOT),
        writer -> ids.forEach(id -> writer.put(labels(script(id)))));
    int done = 0;
    PerModality.Builder<Path> features = PerModality.builder();
    for (Modality modality : widths.modalities()) {
      FeatureGenerator recorder = new FeatureGenerator(modality, widths.get(modality), seeds);
      String root = ROOTS.get(modality);
      int before = done;
      CsdWriter.write(
          files.features(modality),
          layout,
          root,
          metadata(root),
          writer -> record(ids, recorder, modality, writer, before));
      done += videos;
      features.put(modality, files.features(modality).path());
    }
    files.folds().write(folds);
    files.truth().write(truth());
    files.readme().write(SyntheticFiles.README);
    return new CsdFolder(files.labels().path(), features.build());
  }

  private void record(
      List<String> ids,
      FeatureGenerator recorder,
      Modality modality,
      CsdWriter writer,
      int before) {
    int done = before;
    for (int first = 0; first < ids.size(); first += AT_ONCE) {
      List<String> some = ids.subList(first, Math.min(ids.size(), first + AT_ONCE));
      some.parallelStream()
          .map(this::script)
          .filter(script -> script.missing() != modality)
          .map(recorder::generate)
          .toList()
          .forEach(writer::put);
      done += some.size();
      progress.written(done, videos * widths.size());
    }
  }

  private VideoScript script(String id) {
    return VideoScript.of(id, pace, seeds.stream("synthetic-videos").at(id));
  }

  private static CsdEntry labels(VideoScript script) {
    int columns = 1 + Emotion.COUNT;
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

  private String truth() {
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("seed", seeds.root());
    truth.put("videos", videos);
    truth.put("nuisance", PlantedSignal.NUISANCE);
    truth.put("separation", separations());
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(truth);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** d′ of every set of modalities, emotion by emotion. */
  private static Map<String, Map<String, Double>> separations() {
    Map<String, Map<String, Double>> separations = new LinkedHashMap<>();
    for (ModalitySet modalities : ModalitySet.nonEmpty()) {
      Map<String, Double> byEmotion = new LinkedHashMap<>();
      for (Emotion emotion : Emotion.values()) {
        byEmotion.put(emotion.key(), PlantedSignal.separation(modalities, emotion));
      }
      separations.put(modalities.toString(), byEmotion);
    }
    return separations;
  }

  private static Map<String, String> metadata(String root) {
    return Map.of(
        "root name", "\"" + root + "\"",
        "creator", "\"mer4j\"",
        "dataset name", "\"synthetic, in the shape of CMU-MOSEI\"");
  }

  /** Gathers what a {@link SyntheticMosei} needs. */
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

    /** How many videos, of 7 segments on average, at least 3; 100 by default. */
    public Builder videos(int videos) {
      this.videos = videos;
      return this;
    }

    /** Where all numbers come from; 0 by default. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** D of a modality; by default the release's 300, 74 and 713. */
    public Builder width(Modality modality, int width) {
      widths = widths.with(modality, width);
      return this;
    }

    /** By how much longer than in the release everything lasts; 1 by default. */
    public Builder durationFactor(double pace) {
      this.durationFactor = pace;
      return this;
    }

    /** How the numbers lie in the files; contiguous by default. */
    public Builder layout(CsdLayout layout) {
      this.layout = layout;
      return this;
    }

    /** Whom to tell of the progress. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /** Whether files that this program did not write may be replaced; false by default. */
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
