package dev.mer4j.core.parameter;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.data.batch.BatchLimit;
import dev.mer4j.file.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every trained number of a model: P floats in one array, and the names of its parts.
 *
 * <p>A backend may train on a copy of its own, elsewhere. {@link #values} fetches what it made of
 * it, so whoever wants the values after a training step, or wants to change them, has to ask again.
 */
public final class Parameters {
  /** Where the values are when they are newer than in the array. */
  @FunctionalInterface
  public interface Holder {
    /**
     * Copies them to the array [P].
     *
     * @throws MerException if they are lost
     */
    void fetch(float[] values);
  }

  private final Map<String, ParameterView> views;
  private final float[] values;
  private @Nullable Holder holder;

  private Parameters(Map<String, ParameterView> views, int size) {
    this.views = Collections.unmodifiableMap(views);
    this.values = new float[size];
  }

  /**
   * The flat array [P] itself, with the values as they are now: whoever changes it changes the
   * model. It is the same array every time; after a training step its values may be old, and what
   * is written to it lost, until this is called again. Not to be called while a training step runs
   * in another thread.
   *
   * @throws MerException if a holder has lost the values
   */
  public synchronized float[] values() {
    if (holder != null) {
      holder.fetch(values);
      holder = null;
    }
    return values;
  }

  /** Leaves the values to a holder that has changed them, until somebody asks for them. */
  public synchronized void setHolder(Holder newer) {
    holder = newer;
  }

  /** Whether this holder has the values, and the array may be old. */
  public synchronized boolean isHeldBy(Holder other) {
    return holder == other;
  }

  /** P. */
  public int size() {
    return values.length;
  }

  /** The tensors in the order in which they lie in the array. */
  public List<ParameterView> views() {
    return List.copyOf(views.values());
  }

  /**
   * Returns where a tensor lies.
   *
   * @throws MerException if there is none of that name
   */
  public ParameterView view(String name) {
    ParameterView view = views.get(name);
    if (view == null) {
      throw new MerException("no parameter '" + name + "'; there are " + views.keySet());
    }
    return view;
  }

  /** Returns a copy of a tensor's values. */
  public float[] copyOf(String name) {
    ParameterView view = view(name);
    float[] copy = new float[view.size()];
    System.arraycopy(values(), view.offset(), copy, 0, copy.length);
    return copy;
  }

  /** The SHA-256 of all values' bits, in hexadecimal: equal for equal models. */
  public String sha256() {
    Sha256 sha256 = new Sha256();
    for (float value : values()) {
      sha256.put(value);
    }
    return sha256.hex();
  }

  /** Collects the tensors of a model, in order. */
  public static final class Layout {
    private final List<ParameterView> views = new ArrayList<>();
    private int size;

    /** Starts with no tensor. */
    public Layout() {}

    /**
     * Adds a tensor after the others.
     *
     * @throws ConfigException if all are more than {@link BatchLimit#VALUES} values
     */
    public Layout add(String name, Integer... shape) {
      long count = 1;
      for (int extent : shape) {
        count = count > BatchLimit.VALUES ? count : count * extent;
      }
      if (size + count > BatchLimit.VALUES) {
        throw new ConfigException(
            "model: more than "
                + BatchLimit.VALUES
                + " parameters with tensor "
                + name
                + " "
                + List.of(shape)
                + "; use a smaller hidden size, head width or attention width");
      }
      ParameterView view = new ParameterView(name, List.of(shape), size);
      views.add(view);
      size += view.size();
      return this;
    }

    /** The tensors so far, in order. */
    public List<ParameterView> views() {
      return List.copyOf(views);
    }

    /** Returns parameters of this layout, all zero. */
    public Parameters allocate() {
      Map<String, ParameterView> named = new LinkedHashMap<>();
      views.forEach(view -> named.put(view.name(), view));
      return new Parameters(named, size);
    }
  }
}
