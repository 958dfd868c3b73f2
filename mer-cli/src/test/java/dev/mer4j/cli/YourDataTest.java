package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/your-data.md} on small files. */
final class YourDataTest {
  private static final Path PAGE = Path.of("../docs/your-data.md");
  private static final String COMMAND = "./mer ";
  private static final String SETTINGS = "single-label.json";
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;
  private String page;
  private Map<String, Path> files;

  @BeforeEach
  void writeFiles() throws IOException {
    page = Files.readString(PAGE);
    files = YourDataFiles.write(folder);
    String settings =
        blocks().filter(block -> block.group(1).equals("json")).findFirst().orElseThrow().group(2);
    files.put(SETTINGS, Files.writeString(folder.resolve(SETTINGS), settings));
  }

  @Test
  void everyCommandOfThePageSucceeds() {
    List<String> commands =
        blocks()
            .flatMap(block -> block.group(2).lines())
            .filter(line -> line.startsWith(COMMAND))
            .toList();
    assertThat(commands).hasSizeGreaterThan(10);
    StringBuilder printed = new StringBuilder();
    for (String command : commands) {
      Cli result = Cli.run(arguments(command).toArray());
      assertThat(result.status()).as(command + "\n" + result.err()).isZero();
      printed.append(result.out());
    }
    assertThat(printed)
        .contains("labels joined by sentiment: 9 of 9 segments")
        .contains("labels: calm, tense\n");
    assertThat(files.values()).allMatch(Files::exists);
  }

  @Test
  void thePageShowsTheColumnsOfTheTables() {
    assertThat(page)
        .contains(
            YourDataFiles.MELD_COLUMNS, YourDataFiles.CLIP_COLUMNS, YourDataFiles.STUDY_COLUMNS);
  }

  private Stream<MatchResult> blocks() {
    return BLOCK.matcher(page).results();
  }

  /**
   * Splits a command as a shell does, and replaces the names of files; outputs become files. One
   * epoch suffices for the commands that follow a training.
   */
  private List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>();
    for (MatchResult match :
        ARGUMENT.matcher(command.substring(COMMAND.length())).results().toList()) {
      String argument = match.group(1) == null ? match.group(2) : match.group(1);
      if (!arguments.isEmpty() && arguments.get(arguments.size() - 1).equals("--out")) {
        files.putIfAbsent(argument, folder.resolve("out").resolve(argument));
      }
      int value = arguments.contains("--modality") ? argument.indexOf('=') + 1 : 0;
      Path file = files.get(argument.substring(value));
      arguments.add(file == null ? argument : argument.substring(0, value) + file);
    }
    if (arguments.get(0).equals("train")) {
      arguments.addAll(List.of("--epochs", "1"));
    }
    return arguments;
  }
}
