package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.dataset.ArrayOptions;
import dev.mer4j.data.source.dataset.TableColumns;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.StoreInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of files that have numbers or names of their own. */
final class LabelFormsTest {
  private static final Map<Modality, String> FOLDERS =
      Map.of(
          Modality.TEXT, "bert-UTT", Modality.AUDIO, "wav2vec-FRA", Modality.VISUAL, "manet-FRA");

  @TempDir private static Path folder;

  @BeforeAll
  static void unpack() {
    SourceForms.unpack(folder);
  }

  private static FeatureSource find(String form, String... names) {
    TableColumns columns = new TableColumns(List.of(names), null, null);
    PerModality<Path> features =
        form.equals("mertools")
            ? PerModality.of(
                List.copyOf(FOLDERS.keySet()),
                modality -> folder.resolve("mertools/features").resolve(FOLDERS.get(modality)))
            : PerModality.of();
    return FeatureSources.find(
        folder.resolve(form),
        new SourceOptions(null, features, new ArrayOptions(false, true, columns)));
  }

  private static EmotionScores scores(FeatureSource source, String video, int index) {
    try (SourceReader reader = source.open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      return reader.read(new SegmentId(video, index)).scores();
    }
  }

  private static List<String> notes(FeatureSource source) {
    return source.notes().stream().map(SourceNote::text).toList();
  }

  @Test
  void dialoguesOfMeldHaveItsSevenLabels() {
    FeatureSource meld = find("meld.pkl");

    assertThat(meld.emotions())
        .isEqualTo(
            Emotion.listOf("neutral", "surprise", "fear", "sadness", "joy", "disgust", "anger"));
    assertThat(scores(meld, "1038", 1).of(Emotion.of("surprise"))).isOne();
    assertThat(scores(meld, "1039", 1).of(Emotion.of("joy"))).isOne();
    assertThat(meld.folds().of("1038")).isEqualTo(Split.TRAIN);
    assertThat(meld.folds().of("1041")).isEqualTo(Split.TEST);
    assertThat(notes(meld))
        .contains(
            "items of the list read: 2 as labels, 3 as text, 4 as audio, 5 as visual, 7 as train,"
                + " 8 as test",
            "items of the list not read: 4 (0: a dict of 4, 1: a dict of 4, 6: a dict of 4,"
                + " 9: a dict of 4)")
        .anyMatch(note -> note.endsWith("anger, the order of MELD"));
  }

  @Test
  void aPreparationWithoutValidationDialoguesKeepsTheOtherSplits() {
    StoreInfo info = Preparation.builder(find("meld.pkl")).build().run(folder.resolve("m.store"));

    assertThat(info.segments()).isEqualTo(Map.of(Split.TRAIN, 7, Split.TEST, 2));
    assertThat(info.coverage().omissions())
        .extracting(Omission::text)
        .contains(
            "folds: splits without videos: 1 (valid); training needs train and valid: assign videos"
                + " to them with --folds")
        .noneMatch(text -> text.contains("CMU-MOSEI"));
  }

  @Test
  void dialoguesOfMeldAreFoundIfTheirUtterancesHaveTextsAsIds() {
    assertThat(notes(find("labels/meld-text-ids.pkl")))
        .anyMatch(note -> note.endsWith("anger, the order of MELD"))
        .anyMatch(note -> note.startsWith("items of the list read: 2 as labels, 3 as text"));
  }

  @Test
  void namedClassesOfMmsaAreReadInsteadOfTheSentiments() {
    FeatureSource mmsa = find("mmsa.pkl", "negative", "neutral", "positive");

    assertThat(mmsa.emotions()).isEqualTo(Emotion.listOf("negative", "neutral", "positive"));
    assertThat(scores(mmsa, "a", 0).of(Emotion.of("negative"))).isOne();
    assertThat(notes(mmsa)).anyMatch(note -> note.contains("train/regression_labels"));
  }

  @Test
  void dialoguesOfIemocapHaveItsSixLabels() {
    FeatureSource iemocap = find("iemocap.pkl");

    assertThat(iemocap.emotions())
        .extracting(Emotion::key)
        .containsExactly("happy", "sad", "neutral", "angry", "excited", "frustrated");
    assertThat(scores(iemocap, "Ses01F_impro01", 1).of(Emotion.of("excited"))).isOne();
  }

  @Test
  void aListOfValidationDialoguesIsTheThird() {
    FeatureSource cosmic = find("cosmic.pkl", "a", "b", "c", "d", "e", "f");

    assertThat(cosmic.folds().of("Ses03F_impro03")).isEqualTo(Split.VALID);
    assertThat(cosmic.folds().of("Ses04F_impro04")).isEqualTo(Split.TEST);
    assertThat(cosmic.features().modalities()).containsExactly(Modality.TEXT);
    assertThat(scores(cosmic, "Ses01F_impro01", 2).of(Emotion.of("c"))).isOne();
  }

  @Test
  void samplesOfMertoolsHaveTheEmotionOfTheirDict() {
    FeatureSource mertools = find("mertools");

    assertThat(mertools.emotions())
        .extracting(Emotion::key)
        .containsExactly("angry", "happy", "neutral", "sad", "surprise", "worried");
    assertThat(scores(mertools, "sample_00004", 0).of(Emotion.of("worried"))).isOne();
    assertThat(mertools.folds().of("sample_00008")).isEqualTo(Split.TEST);
    assertThat(notes(mertools))
        .contains(
            "samples: train_corpus (7) is train, test1_corpus (1) is test, test2_corpus (1) is"
                + " test",
            "labels: the valence 'val' is not read");
  }

  @Test
  void mertoolsWithoutFeaturesListsTheFolders() {
    SourceOptions options = new SourceOptions(null, PerModality.of(), ArrayOptions.DEFAULT);

    assertThatThrownBy(() -> FeatureSources.find(folder.resolve("mertools"), options))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("--modality text=FILE")
        .hasMessageContaining("features/bert-UTT");
  }

  @Test
  void pairsOfMultAreFourEmotions() {
    FeatureSource mult = find("mult-iemocap.pkl");
    FeatureSource mosei = find("carat.pt");

    assertThat(mult.emotions()).isEqualTo(Emotion.listOf("neutral", "happy", "sad", "angry"));
    for (int i = 0; i < 5; i++) {
      EmotionScores expected = scores(mosei, "train-" + i, 0);
      for (int e = 0; e < 4; e++) {
        assertThat(scores(mult, "train-" + i, 0).of(e)).isEqualTo(expected.of(e));
      }
    }
    assertThat(notes(mult)).anyMatch(note -> note.contains("the order of MulT's IEMOCAP files"));
    assertThat(find("mult-iemocap.pkl", "a", "b", "c", "d").emotions().get(3).key()).isEqualTo("d");
  }

  @Test
  void targetsHaveTheNamesOfTheFile() {
    FeatureSource tailor = find("tailor.pt");
    FeatureSource carat = find("carat.pt");

    for (int i = 0; i < 5; i++) {
      assertThat(scores(tailor, "train-" + i, 0)).isEqualTo(scores(carat, "train-" + i, 0));
    }
    assertThat(notes(tailor))
        .contains(
            "tgt: 4 to 9 are read as fear, disgust, surprise, anger, sad, happy, the names in"
                + " dict/tgt, without scores: a label has 1 or 0");
    assertThat(notes(carat)).anyMatch(note -> note.contains("--label-column names others"));
    assertThat(find("carat.pt", "a", "b", "c", "d", "e", "f").emotions())
        .extracting(Emotion::key)
        .containsExactly("a", "b", "c", "d", "e", "f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class-numbers | one number for each segment, which is not certain to be a sentiment",
        "whole-floats | one number for each segment, which is not certain to be a sentiment",
        "percent | one number for each segment, which is not certain to be a sentiment",
        "one-hot | 6 numbers for each segment, which are not certain to be the emotions",
        "one-hot-seven | 7 numbers for each segment, which are not certain to be the emotions",
        "four-columns | 4 numbers for each segment, which are not certain to be the emotions",
        "five-pairs | 5 pairs for each segment, which are not certain to be the emotions",
        "texts | labels is a list of 9, item 0 is a text; labels are an array or a list of numbers",
        "two-numbers | labels is a list of 2, the features have 9 segments",
        "dialogues | has the labels 0 to 8; name them in this order: --label-column",
        "short-dialogues | 2/Ses01F_impro01 is a float32 array [1, 3], its labels are 3",
      })
  void labelsOfUnknownMeaningAreAnError(String name, String problem) {
    assertThatThrownBy(() -> find("labels/" + name + ".pkl"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(name + ".pkl")
        .hasMessageContaining(problem);
  }

  @Test
  void anOptionNamesLabels() {
    FeatureSource classes = find("labels/class-numbers.pkl", "low", "mid", "high");
    assertThat(scores(classes, "segment-2", 0).of(Emotion.of("high"))).isOne();

    FeatureSource columns = find("labels/four-columns.pkl", "a", "b", "c", "d");
    assertThat(scores(columns, "segment-2", 0).of(Emotion.of("a"))).isEqualTo(0.5f);

    assertThatThrownBy(() -> find("labels/class-numbers.pkl", "low", "mid"))
        .hasMessageContaining("expected a number from 0 to 1 for the labels low, mid");
    assertThatThrownBy(() -> find("labels/one-hot.pkl", "low", "mid"))
        .hasMessageContaining("--label-column NAME,NAME,…, which has 2 names");
  }

  @Test
  void oneNumberFromMinusThreeToThreeIsASentiment() {
    FeatureSource sentiments = find("labels/sentiments.pkl");

    assertThat(sentiments.emotions()).isEqualTo(Emotion.MOSEI);
    assertThat(notes(sentiments)).anyMatch(note -> note.contains("CMU_MOSEI_Labels.csd"));
  }
}
