package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.internal.page.InspectionPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a headless Chromium; part of {@code mvn verify -P browser}. */
@Tag("browser")
class BrowserTest {
  @TempDir Path folder;

  private Path page;

  @BeforeEach
  void write() {
    page = ReportWriter.write(folder.resolve("report"), Studies.full()).get(0);
  }

  @Test
  void loadsWithoutAnyErrorAndShowsEverySection() throws Exception {
    String dom =
        domAfter(
            """
            document.title = JSON.stringify({
              sections: [...document.querySelectorAll('section')]
                .filter(s => s.getBoundingClientRect().height > 60).map(s => s.id),
              listed: document.querySelectorAll('#list button').length,
              wide: document.documentElement.scrollWidth > innerWidth});
            """);

    assertThat(dom)
        .contains(
            "[\"headline\",\"metrics\",\"emotions\",\"confusion\",\"missing\",\"attribution\","
                + "\"explorer\",\"errors\",\"calibration\",\"training\",\"data\"]")
        .contains("\"listed\":180")
        .contains("\"wide\":false");
  }

  @Test
  void explorerReactsToClicksAndSearch() throws Exception {
    String dom =
        domAfter(
            """
            const picked = () => document.getElementById('picked').textContent;
            const steps = [picked()];
            document.querySelector('#list button[data-segment="20"]').click();
            steps.push(picked(), document.querySelector('[aria-current=true]').textContent);
            const search = document.getElementById('search');
            search.value = 'TEST5';
            search.dispatchEvent(new Event('input'));
            steps.push(document.querySelectorAll('#list button').length);
            document.querySelector('button.row').click();
            steps.push(picked() === document.querySelector('button.row').textContent);
            document.title = JSON.stringify(steps);
            """);

    // test20 is the seventh of its video; "test5" is in test5 and in nothing else of 26 videos.
    assertThat(dom).contains("onerror").contains("test2[6]").contains(",7,true]");
  }

  @Test
  void explorerShowsTheTermsOfASegment() throws Exception {
    page = ReportWriter.write(folder.resolve("additive"), AdditiveReportTest.study(true)).get(0);

    String dom =
        domAfter(
            """
            const steps = [];
            for (const button of document.querySelectorAll('#list button')) {
              button.click();
              const terms = [...document.querySelectorAll('#shown tbody tr')];
              const names = document.querySelector('#shown .note').textContent
                .split(' available')[0];
              const available = names === 'nothing' ? 0 : names.split(', ').length;
              steps.push(terms.length === available * (available + 1) / 2
                && terms.every(term => term.querySelectorAll('.usual').length === 6));
            }
            document.title = JSON.stringify({segments: steps.length,
              complete: steps.every(each => each),
              wide: document.documentElement.scrollWidth > innerWidth});
            """);

    assertThat(dom).contains("\"segments\":40,\"complete\":true,\"wide\":false");
  }

  @Test
  void tabFocusesTheListOnceAndArrowsMoveWithinIt() throws Exception {
    String dom =
        domAfter(
            """
            const list = document.getElementById('list');
            const press = key => document.activeElement.dispatchEvent(
              new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            const steps = [];
            const note = () => steps.push([
              list.querySelectorAll('[tabindex="0"]').length,
              [...list.children].indexOf(document.activeElement),
              document.activeElement.querySelector('span').textContent
                === document.getElementById('picked').textContent]);
            list.querySelector('[tabindex="0"]').focus();
            for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home']) {
              press(key);
              note();
            }
            document.title = JSON.stringify(steps);
            """);

    assertThat(dom)
        .contains("[[1,1,true],[1,2,true],[1,1,true],[1,179,true],[1,179,true],[1,0,true]]");
  }

  @Test
  void dataPageLoadsWithoutErrorsAndFitsAPhone() throws Exception {
    page =
        Files.writeString(
            folder.resolve("data.html"), InspectionPage.of(Inspections.hostile(folder), 300));

    String dom =
        domAfter(
            """
            document.title = JSON.stringify({
              sections: [...document.querySelectorAll('section')]
                .filter(s => s.getBoundingClientRect().height > 60).map(s => s.id),
              wide: document.documentElement.scrollWidth > innerWidth});
            """);

    assertThat(dom)
        .contains("[\"verdicts\",\"distributions\",\"files\",\"features\",\"labels\",\"faults\"]")
        .contains("\"wide\":false");
  }

  /** Runs the page, then a script, and returns the title; fails on any message in the console. */
  private String domAfter(String script) throws IOException, InterruptedException {
    String html = Files.readString(page);
    String probe =
        "<script>window.addEventListener('load', () => {" + script + "});</script></body>";
    int end = html.lastIndexOf("</body>");
    String own =
        (html.substring(0, end) + probe + html.substring(end + 7))
            .replace("script-src 'none'", "script-src 'unsafe-inline'");
    Path probed = Files.writeString(folder.resolve("probed.html"), own);
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=3000",
                "--window-size=390,800",
                "--dump-dom",
                probed.toUri().toString()));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process chromium =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(err, StandardCharsets.UTF_8)).doesNotContain("CONSOLE");
    String dom = Files.readString(out);
    return dom.substring(dom.indexOf("<title>"), dom.indexOf("</title>"));
  }
}
