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
 * The trainable parameters of a model: P floats in one array, with named tensors.
 *
 * <p>A backend may train on a separate copy, such as on a GPU. {@link #values} fetches that copy,
 * so it must be called again after a training step, before the values are read or changed.
 */
public final class Parameters {
  /** The owner of values that are newer than the array. */
  @FunctionalInterface
  public interface Holder {
    /**
     * Copies the values to the array [P].
     *
     * @throws MerException if the values are lost
     */
    void fetch(float[] values);
  }

  private final Map<String, ParameterView> views;
  private final float[] values;
  private @Nullable Holder holder;
  private boolean shared;
  private long version;

  private Parameters(Map<String, ParameterView> views, int size) {
    this.views = Collections.unmodifiableMap(views);
    this.values = new float[size];
  }

  /**
   * Returns the live array [P] with the current values: changing it changes the model. It is always
   * the same array. After a training step, its values may be outdated and writes to it may be lost
   * until this is called again. Must not be called while a training step runs in another thread.
   *
   * @throws MerException if a holder has lost the values
   */
  public synchronized float[] values() {
    shared = true;
    return read();
  }

  /**
   * Returns the array of {@link #values} to a caller that only reads it.
   *
   * @throws MerException if a holder has lost the values
   */
  public synchronized float[] read() {
    if (holder != null) {
      holder.fetch(values);
      holder = null;
    }
    return values;
  }

  /** Returns a number that {@link #set} changes. */
  public synchronized long version() {
    return version;
  }

  /**
   * Returns whether the values are known to be those of a {@link #version}. They never are once
   * {@link #values} or {@link #setHolder} has been called, because they may change at any time.
   */
  public synchronized boolean areUnchangedSince(long earlier) {
    return !shared && version == earlier;
  }

  /**
   * Overwrites a tensor.
   *
   * @param tensor row-major
   * @throws MerException if no tensor has this name, or it has another size
   */
  public synchronized void set(String name, float[] tensor) {
    ParameterView view = view(name);
    if (tensor.length != view.size()) {
      throw new MerException(
          "parameter '" + name + "' has " + view.size() + " values, not " + tensor.length);
    }
    System.arraycopy(tensor, 0, read(), view.offset(), tensor.length);
    version++;
  }

  /** Sets the holder of newer values, until they are fetched by the next reader. */
  public synchronized void setHolder(Holder newer) {
    shared = true;
    holder = newer;
  }

  /** Returns whether this holder has the values, so that the array may be outdated. */
  public synchronized boolean isHeldBy(Holder other) {
    return holder == other;
  }

  /** Returns P. */
  public int size() {
    return values.length;
  }

  /** Returns the tensors in the order of the array. */
  public List<ParameterView> views() {
    return List.copyOf(views.values());
  }

  /**
   * Returns the position of a tensor.
   *
   * @throws MerException if no tensor has this name
   */
  public ParameterView view(String name) {
    ParameterView view = views.get(name);
    if (view == null) {
      throw new MerException("no parameter '" + name + "'; parameters: " + views.keySet());
    }
    return view;
  }

  /** Returns a copy of a tensor's values. */
  public float[] copyOf(String name) {
    ParameterView view = view(name);
    float[] copy = new float[view.size()];
    System.arraycopy(read(), view.offset(), copy, 0, copy.length);
    return copy;
  }

  /** Returns the SHA-256 of the bits of all values, in hexadecimal. */
  public String sha256() {
    Sha256 sha256 = new Sha256();
    for (float value : read()) {
      sha256.put(value);
    }
    return sha256.hex();
  }

  /** Builds the list of a model's tensors, in order. */
  public static final class Layout {
    private final List<ParameterView> views = new ArrayList<>();
    private int size;

    /** Starts with no tensor. */
    public Layout() {}

    /**
     * Adds a tensor after the others.
     *
     * @throws ConfigException if the total exceeds {@link BatchLimit#VALUES} values
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
                + "; use a smaller hidden size, head hidden size or attention width");
      }
      ParameterView view = new ParameterView(name, List.of(shape), size);
      views.add(view);
      size += view.size();
      return this;
    }

    /** Returns the tensors so far, in order. */
    public List<ParameterView> views() {
      return List.copyOf(views);
    }

    /** Returns new parameters of this layout, all zero. */
    public Parameters allocate() {
      Map<String, ParameterView> named = new LinkedHashMap<>();
      views.forEach(view -> named.put(view.name(), view));
      return new Parameters(named, size);
    }
  }
}
