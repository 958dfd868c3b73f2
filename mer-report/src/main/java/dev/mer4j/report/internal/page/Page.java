package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A self-contained page with styles, charts and data. */
final class Page {
  private Page() {}

  /**
   * Returns the page.
   *
   * @param command the command that wrote the page, for its head
   * @param summary the text below the title
   * @param scripts markup at the end of the page; may be empty
   */
  static String of(
      String command, String title, String summary, List<Section> sections, String scripts) {
    return String.format(
        Locale.ROOT,
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        %6$s
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
        'unsafe-inline'; script-src '%7$s'; img-src data:">
        <link rel="icon" href="data:,">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <header>
        <p class="kicker">mer4j</p>
        <h1>%1$s</h1>
        <p class="note">%3$s</p>
        <nav aria-label="Sections">%4$s</nav>
        </header>
        <main>
        %5$s</main>
        <footer>Written by mer4j.</footer>
        %8$s</body>
        </html>
        """,
        escape(title),
        resource("page.css"),
        escape(summary),
        sections.stream().map(Page::link).collect(Collectors.joining()),
        sections.stream().map(Page::body).collect(Collectors.joining()),
        generator(command),
        scripts.isEmpty() ? "none" : "unsafe-inline",
        scripts);
  }

  /** Returns the line of the head that identifies pages of a command. */
  static String generator(String command) {
    return String.format(Locale.ROOT, "<meta name=\"generator\" content=\"mer4j %s\">", command);
  }

  private static String link(Section section) {
    return String.format(
        Locale.ROOT, "<a href=\"#%s\">%s</a>", section.id(), escape(section.title()));
  }

  private static String body(Section section) {
    return String.format(
        Locale.ROOT,
        "<section id=\"%s\"><h2>%s</h2>%s</section>\n",
        section.id(),
        escape(section.title()),
        section.body());
  }

  /** Returns a text file of this package. */
  static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this jar cannot be read", e);
    }
  }
}
