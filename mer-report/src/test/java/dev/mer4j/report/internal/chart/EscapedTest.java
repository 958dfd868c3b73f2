package dev.mer4j.report.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {
  @Test
  void markupBecomesText() {
    assertThat(Escaped.escape("<a href=\"x\">'&'</a>"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  }

  @Test
  void replacesInvisibleCharacters() {
    assertThat(Escaped.escape("a\u202eb\u0000c\ud800d\u001be"))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
  }

  @Test
  void linesAndLettersOfAllScriptsStay() {
    String text = "one\ntwo \u00e9 \u4e2d \ud83d\ude00";

    assertThat(Escaped.escape(text)).isEqualTo(text);
  }
}
