package dev.mer4j.core.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the parser with {@link ObjectMapper#readTree}. */
class JsonTreeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectMapper DISTINCT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private static final String SAMPLE =
      "{\"a\":[1,-2,0.5,1e3,2147483648,9223372036854775808,true,false,null],\"b\":{\"c\":\"\\u00e9"
          + "\\n\",\"\":{},\"d\":[[],[{}]]}}";
  private static final String CHARACTERS = "{}[]\",:.0123456789eE+-\\ntrufalse ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"text\"",
        "[",
        "{",
        "{\"a\"",
        "[1,]",
        "{\"a\":1,}",
        "[1] x",
        "nul",
        "NaN",
        "01",
        "1.",
        "-",
        "\"\\x\"",
        "{\"a\":1,\"b\":2,\"a\":[3]}",
        "{\"a\":{\"b\":1,\"b\":2}}"
      })
  void treesAndErrorsAreEqual(String text) throws IOException {
    assertEqual(text);
  }

  @Test
  void treesAndErrorsOfChangedTextsAreEqual() throws IOException {
    Random random = new Random(1);
    for (int trial = 0; trial < 5000; trial++) {
      StringBuilder text = new StringBuilder(SAMPLE);
      for (int change = 0; change <= random.nextInt(3); change++) {
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        text.setCharAt(random.nextInt(text.length()), other);
      }
      assertEqual(text.toString());
    }
  }

  @Test
  void deepTextsAreRefusedAlike() throws IOException {
    for (String open : List.of("[", "{\"a\":")) {
      assertEqual(open.repeat(100_000));
    }
    assertEqual("9".repeat(2000));
  }

  private static void assertEqual(String text) throws IOException {
    try {
      JsonNode expected = MAPPER.readTree(text);
      assertThat(JsonTree.parse(text)).as(text).isEqualTo(expected);
    } catch (JsonProcessingException e) {
      assertThatThrownBy(() -> JsonTree.parse(text))
          .as(text)
          .isInstanceOfSatisfying(
              JsonProcessingException.class,
              found -> assertThat(found.getOriginalMessage()).isEqualTo(e.getOriginalMessage()));
    }
    try {
      JsonNode expected = DISTINCT.readTree(text);
      assertThat(JsonTree.parseDistinct(text)).as(text).isEqualTo(expected);
    } catch (JsonProcessingException e) {
      assertThatThrownBy(() -> JsonTree.parseDistinct(text))
          .as(text)
          .isInstanceOf(JsonProcessingException.class);
    }
  }
}
