package dev.mer4j.spark;

import java.util.Iterator;
import java.util.function.Function;

/**
 * Applies a function to each element of an iterator.
 *
 * @param <A> the type of the elements
 * @param <B> the type of the results
 */
record MappedIterator<A, B>(Iterator<A> elements, Function<? super A, ? extends B> function)
    implements Iterator<B> {
  @Override
  public boolean hasNext() {
    return elements.hasNext();
  }

  @Override
  public B next() {
    return function.apply(elements.next());
  }
}
