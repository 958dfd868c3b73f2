package dev.mer4j.eval.baseline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimizes a smooth convex function by L-BFGS (Nocedal, 1980) with a backtracking line search.
 * Deterministic.
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final int MOST_ITERATIONS = 1000;
  private static final int MOST_HALVINGS = 60;

  /** The share of the decrease predicted by the gradient that a step must reach (Armijo). */
  private static final double SUFFICIENT = 1e-4;

  private Lbfgs() {}

  /** A function of several variables. */
  @FunctionalInterface
  interface Objective {
    /** Returns the value at {@code x}, and stores the gradient. */
    double at(double[] x, double[] gradient);
  }

  /**
   * The last step of an iteration.
   *
   * @param step the change of x
   * @param difference the change of the gradient
   * @param product their inner product, above 0
   */
  private record Pair(double[] step, double[] difference, double product) {}

  /**
   * Returns the minimum.
   *
   * @param start the first x
   * @param tolerance the largest absolute gradient at the minimum
   */
  static double[] minimize(Objective objective, double[] start, double tolerance) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double value = objective.at(x, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < MOST_ITERATIONS && largest(gradient) > tolerance; i++) {
      double[] direction = direction(gradient, pairs);
      double derivative = dot(gradient, direction);
      double size = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(-derivative)) : 1;
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double nextValue = move(objective, x, direction, size, next, nextGradient);
      for (int h = 0;
          h < MOST_HALVINGS && !(nextValue <= value + SUFFICIENT * size * derivative);
          h++) {
        size /= 2;
        nextValue = move(objective, x, direction, size, next, nextGradient);
      }
      if (!(nextValue < value)) {
        return x; // No step in double precision decreases the function.
      }
      double[] step = minus(next, x);
      double[] difference = minus(nextGradient, gradient);
      double product = dot(step, difference);
      if (product > 0) {
        pairs.addFirst(new Pair(step, difference, product));
      }
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
      x = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return x;
  }

  private static double move(
      Objective objective,
      double[] x,
      double[] direction,
      double size,
      double[] next,
      double[] gradient) {
    for (int i = 0; i < x.length; i++) {
      next[i] = x[i] + size * direction[i];
    }
    return objective.at(next, gradient);
  }

  /** Returns minus the product of the approximate inverse Hessian and the gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] direction = new double[gradient.length];
    add(direction, -1, gradient);
    double[] factors = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      factors[i] = dot(pair.step(), direction) / pair.product();
      add(direction, -factors[i], pair.difference());
      i++;
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getFirst();
      double scale = last.product() / dot(last.difference(), last.difference());
      for (int d = 0; d < direction.length; d++) {
        direction[d] *= scale;
      }
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      i--;
      double factor = dot(pair.difference(), direction) / pair.product();
      add(direction, factors[i] - factor, pair.step());
    }
    return direction;
  }

  private static void add(double[] to, double factor, double[] values) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
