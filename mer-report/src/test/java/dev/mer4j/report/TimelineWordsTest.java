package dev.mer4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.report.internal.chart.TimelineChart;
import dev.mer4j.report.internal.chart.TimelineChart.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The words below a timeline. */
class TimelineWordsTest {
  private static final Pattern TEXT =
      Pattern.compile("<text x=\"([0-9.]+)\" y=\"([0-9.]+)\"[^>]*>(word[^<]*)</text>");

  private record Drawn(double x, double y, String text) {
    /** A narrow estimate of the width. */
    double right() {
      return x + 5.5 * text.length();
    }
  }

  private static List<Drawn> drawn(List<Label> words) {
    String svg = new TimelineChart("title", List.of(), words, 0, 10, "seconds").svg();
    List<Drawn> drawn = new ArrayList<>();
    Matcher found = TEXT.matcher(svg);
    while (found.find()) {
      drawn.add(
          new Drawn(
              Double.parseDouble(found.group(1)),
              Double.parseDouble(found.group(2)),
              found.group(3)));
    }
    return drawn;
  }

  @Test
  void wordsStartAtTheirTimesAndDoNotOverlap() {
    List<Label> words = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      words.add(new Label("word" + "x".repeat(i % 9), i / 60.0));
    }
    List<Drawn> drawn = drawn(words);

    assertThat(drawn).extracting(Drawn::text).isEqualTo(words.stream().map(Label::text).toList());
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < i; j++) {
        Drawn before = drawn.get(j);
        if (before.y() == drawn.get(i).y()) {
          assertThat(before.right()).isLessThan(drawn.get(i).x());
        }
      }
    }
    assertThat(drawn).allMatch(word -> word.right() <= 480);
    double middle = drawn.get(30).x() - drawn.get(0).x();
    assertThat(middle).isBetween(190.0, 206.0);
  }

  @Test
  void wordsThatDoNotFitAreCounted() {
    List<Label> words = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      words.add(new Label("word", 0.5));
    }
    String svg = new TimelineChart("title", List.of(), words, 0, 10, "seconds").svg();

    assertThat(drawn(words)).hasSize(40);
    assertThat(svg).contains("10 more words");
  }
}
