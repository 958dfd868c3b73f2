package dev.mer4j.core.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'engine':'packed','model':{'headWidth':3}}; {'backend':'native','model':{'headHidden':3}}",
        "{'engine':'packed-bf16'}; {'backend':'native-bf16'}",
        "[{'loss':{'focus':2}}]; [{'loss':{'focalGamma':2}}]",
        "{'backend':'cuda','epochs':3}; {'backend':'cuda','epochs':3}",
        "{'engine':'a','backend':'b'}; {'engine':'a','backend':'b'}"
      })
  void replacesFormerKeysAndBackends(String before, String after) throws Exception {
    JsonNode json = json(before);
    FormerNames.replace(json);
    assertThat(json).isEqualTo(json(after));
  }

  private static JsonNode json(String quoted) throws Exception {
    return new ObjectMapper().readTree(quoted.replace('\'', '"'));
  }
}
