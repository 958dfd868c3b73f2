package dev.mer4j.data.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Checks the split that docs/presets/recipe_split.py wrote of ids.txt, with scikit-learn 1.2.1,
 * against the algorithm of {@code train_test_split}.
 */
class RecipeSplitTest {
  private static final Path FOLDER = Path.of("src/test/resources/recipe-split");

  @Test
  void isThatOfScikitLearn() throws IOException {
    List<String> sorted = Files.readAllLines(FOLDER.resolve("ids.txt")).stream().sorted().toList();
    int others = (int) Math.ceil(0.2 * sorted.size());
    List<String> first = permutation(sorted);
    List<String> second = permutation(first.subList(0, others));
    int test = (int) Math.ceil(0.5 * others);

    Folds written = Folds.read(FOLDER.resolve("split"));

    assertThat(written.videos(Split.TRAIN))
        .containsExactlyInAnyOrderElementsOf(first.subList(others, sorted.size()));
    assertThat(written.videos(Split.VALID))
        .containsExactlyInAnyOrderElementsOf(second.subList(test, others));
    assertThat(written.videos(Split.TEST))
        .containsExactlyInAnyOrderElementsOf(second.subList(0, test));
  }

  /** Returns the items in the order of {@code numpy.random.RandomState(42).permutation(n)}. */
  private static List<String> permutation(List<String> items) {
    MersenneTwister random = new MersenneTwister(42);
    int[] order = IntStream.range(0, items.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.atMost(i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return IntStream.of(order).mapToObj(items::get).toList();
  }

  /** MT19937 (Matsumoto and Nishimura, 1998), as in {@code numpy.random.RandomState}. */
  private static final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    MersenneTwister(int seed) {
      state[0] = seed;
      for (int i = 1; i < N; i++) {
        state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
      }
    }

    private int bits() {
      if (next == N) {
        for (int i = 0; i < N; i++) {
          int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
          state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
      }
      int y = state[next++];
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      return y ^ (y >>> 18);
    }

    /** Returns a value in [0, highest]: masked bits, drawn again while they exceed it. */
    int atMost(int highest) {
      int mask = (Integer.highestOneBit(highest) << 1) - 1;
      int drawn = bits() & mask;
      while (drawn > highest) {
        drawn = bits() & mask;
      }
      return drawn;
    }
  }
}
