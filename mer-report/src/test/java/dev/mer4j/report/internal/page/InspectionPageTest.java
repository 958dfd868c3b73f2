package dev.mer4j.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.Inspections;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionPageTest {
  @TempDir Path folder;

  @Test
  void isSelfContainedAndEscapesNames() {
    String page = InspectionPage.of(Inspections.hostile(folder), 300);

    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("\u202e")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\ufffd")
        .doesNotContainPattern("(?i)src=|href=\"(?!#|data:,\")|url\\(|@import|https?://");
  }

  @Test
  void everyLinkLeadsToASection() {
    String page = InspectionPage.of(Inspections.hostile(folder), 300);

    for (String section :
        new String[] {"verdicts", "distributions", "files", "features", "labels", "faults"}) {
      assertThat(page)
          .contains("<a href=\"#" + section + "\">", "<section id=\"" + section + "\">");
    }
    assertThat(InspectionPage.of(Inspections.of(folder), 300)).doesNotContain("id=\"faults\"");
  }

  @Test
  void drawsLengthsFoldsAndInvalidColumns() {
    String page = InspectionPage.of(Inspections.of(folder), 3);

    // Seconds, steps of audio, positives of the training split, columns of audio.
    assertThat(page.split("<svg ", -1)).hasSize(1 + 4);
    assertThat(page)
        .contains("<title>happy, segments: 2</title>", "<title>column 2: 3</title>")
        .contains(">3 steps</text>");
  }

  @Test
  void runsNoScript() {
    assertThat(InspectionPage.of(Inspections.of(folder), 3)).contains("script-src 'none'");
  }
}
