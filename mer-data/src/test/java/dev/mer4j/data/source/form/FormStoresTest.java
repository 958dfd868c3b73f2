package dev.mer4j.data.source.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.dataset.ArrayOptions;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of one data set gives the same store, as far as the form can contain it. */
final class FormStoresTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADER_BYTES = 16;
  private static final int TRAILER_BYTES = 52;

  /** Of what a form itself has beside the rows of segments. */
  private static final Set<String> OF_THE_FORM =
      Set.of("padding_rows", "zero_rows", "failed_rows", "source", "unlabelled_video");

  @TempDir private static Path folder;
  private static Store reference;

  /** The parts of a store: the header and the features, the index, and the description. */
  private record Store(byte[] features, byte[] index, JsonNode info) {
    static Store of(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer trailer =
          ByteBuffer.wrap(bytes, bytes.length - TRAILER_BYTES, TRAILER_BYTES)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN);
      int index = (int) trailer.getLong(16);
      int info = (int) trailer.getLong(32);
      int infoLength = trailer.getInt(40);
      assertThat(info + infoLength + TRAILER_BYTES).isEqualTo(bytes.length);
      return new Store(
          Arrays.copyOf(bytes, index),
          Arrays.copyOfRange(bytes, index, info),
          JSON.readTree(Arrays.copyOfRange(bytes, info, info + infoLength)));
    }

    /** Returns the description without what names the files and what only this form has. */
    String comparableInfo() {
      ObjectNode all = info.deepCopy();
      all.remove("sources");
      for (JsonNode omission : all.at("/coverage/omissions")) {
        assertThat(OF_THE_FORM).contains(omission.get("kind").asText());
      }
      ((ObjectNode) all.get("coverage")).remove("omissions");
      return all.toString();
    }
  }

  @BeforeAll
  static void unpack() throws IOException {
    SourceForms.unpack(folder);
    reference = store("npy", null, false);
    assertThat(reference.features().length).isGreaterThan(HEADER_BYTES + 9 * 3 * Float.BYTES);
  }

  private static Store store(String form, Path labels, boolean trim) throws IOException {
    return Store.of(write(form, labels, trim));
  }

  private static Path write(String form, Path labels, boolean trim) {
    Path data = folder.resolve(form);
    SourceOptions options =
        new SourceOptions(labels, PerModality.of(), new ArrayOptions(trim, true));
    FeatureSource source = FeatureSources.find(data, options);
    Path folds = data.resolve("folds");
    Path store = folder.resolve(form + ".store");
    Preparation.builder(source)
        .folds(Files.isDirectory(folds) ? Folds.read(folds) : source.folds())
        .strict(true)
        .build()
        .run(store);
    return store;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "npz, false",
    "safetensors, false",
    "torch, false",
    "mixed, false",
    "single, false",
    "tables, false",
    "csd, false",
    "multibench.pkl, true",
    "multibench-tensors.pkl, true"
  })
  void everyFormWithAllContentGivesTheSameStore(String form, boolean trim) throws IOException {
    Store store = store(form, null, trim);

    assertThat(store.features()).isEqualTo(reference.features());
    assertThat(store.index()).isEqualTo(reference.index());
    assertThat(store.comparableInfo()).isEqualTo(reference.comparableInfo());
  }

  @Test
  void mmsaWithJoinedLabelsDiffersInTheIntervalsOnly() throws IOException {
    Path labels = folder.resolve("csd/CMU_MOSEI_Labels.csd");
    Store store = store("mmsa.pkl", labels, false);

    assertThat(store.features()).isEqualTo(reference.features());
    assertThat(store.index()).hasSameSizeAs(reference.index());
    assertThat(store.comparableInfo()).isEqualTo(reference.comparableInfo());
    List<SegmentInfo> found = infos("mmsa.pkl");
    List<SegmentInfo> expected = infos("npy");
    for (int i = 0; i < expected.size(); i++) {
      SegmentInfo one = found.get(i);
      assertThat(one.start()).isNaN();
      SegmentInfo timed =
          new SegmentInfo(
              one.id(),
              one.group(),
              expected.get(i).start(),
              expected.get(i).end(),
              one.scores(),
              one.steps());
      assertThat(timed).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"carat.pt", "carat-legacy.pt", "tailor.pt"})
  void caratHasTheSameFeaturesSplitsAndPresentEmotions(String form) throws IOException {
    Store store = store(form, null, true);

    assertThat(store.features()).isEqualTo(reference.features());
    assertThat(store.info().get("segments")).isEqualTo(reference.info().get("segments"));
    List<SegmentInfo> found = infos(form);
    List<SegmentInfo> expected = infos("npy");
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).steps()).isEqualTo(expected.get(i).steps());
      for (Emotion emotion : Emotion.MOSEI) {
        assertThat(found.get(i).scores().present(emotion))
            .isEqualTo(expected.get(i).scores().present(emotion));
      }
    }
  }

  @Test
  void iemocapOfMultHasTheSameFeatures() throws IOException {
    Store store = store("mult-iemocap.pkl", null, true);

    assertThat(payload(store)).isEqualTo(payload(reference));
  }

  @Test
  void conversationsHaveTheSameFeatures() throws IOException {
    Store meld = store("meld.pkl", null, false);
    Store iemocap = store("iemocap.pkl", null, false);

    assertThat(payload(meld)).isEqualTo(payload(iemocap));
  }

  /** The version in the header is that of stores of other labels. */
  private static byte[] payload(Store store) {
    return Arrays.copyOfRange(store.features(), HEADER_BYTES, store.features().length);
  }

  @Test
  void aPreparationGivesTheSameBytesTwice() throws IOException {
    byte[] first = Files.readAllBytes(write("mmsa.pkl", null, false));

    assertThat(Files.readAllBytes(write("mmsa.pkl", null, false))).isEqualTo(first);
  }

  private static List<SegmentInfo> infos(String form) {
    try (SegmentStore store = SegmentStore.open(folder.resolve(form + ".store"))) {
      SegmentSet all = store.allSegments();
      List<SegmentInfo> infos = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        infos.add(all.info(i));
      }
      return infos;
    }
  }
}
