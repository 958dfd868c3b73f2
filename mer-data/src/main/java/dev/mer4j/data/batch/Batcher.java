package dev.mer4j.data.batch;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.Seeds;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Packs segments into batches. Features are standardized, and each modality is padded with zeros to
 * its longest row in the batch.
 *
 * <p>The returned lists hold no features: {@code get} reads and packs a batch into new arrays, in
 * the calling thread. Every segment of the label scheme is in exactly one batch; the last batch may
 * be smaller.
 */
public final class Batcher {
  private final SegmentSet segments;
  private final LabelSet labels;
  private final boolean bucketed;
  private final boolean includeUnlabeled;
  private final Seeds seeds;
  private final Standardization standardization;
  private final PerModality<ColumnScaler> scalers;
  private final int[] members;
  private final BatchPacker packer;
  private final BatchOrder order;
  private final boolean residentAllowed;
  private final long values;

  private Batcher(Builder builder) {
    List<String> problems = new ArrayList<>();
    if (builder.batchSize < 1) {
      problems.add("batch size must be at least 1: " + builder.batchSize);
    }
    segments = builder.segments;
    PerModality<Integer> widths = segments.widths();
    standardization =
        builder.standardization == null
            ? Standardization.identity(widths)
            : builder.standardization;
    PerModality.Builder<ColumnScaler> fitting = PerModality.builder();
    for (Modality modality : builder.modalities.toList()) {
      Standardization.@Nullable Columns columns =
          standardization.columns().find(modality).orElse(null);
      int width = widths.find(modality).orElse(columns == null ? 0 : columns.width());
      if (columns == null || columns.width() != width) {
        problems.add(
            String.format(
                Locale.ROOT,
                "%s features have width %d, their standardization has width %d",
                modality.key(),
                width,
                columns == null ? 0 : columns.width()));
      } else {
        fitting.put(modality, new ColumnScaler(columns));
      }
    }
    ConfigException.throwIfAny("batches", problems);
    scalers = fitting.build();
    labels = builder.labels;
    if (!builder.includeUnlabeled) {
      labels.requireLabels(segments.labels());
    }
    bucketed = builder.bucketed;
    includeUnlabeled = builder.includeUnlabeled;
    seeds = builder.seeds;
    members = members();
    residentAllowed = builder.residentAllowed && !builder.readPadding;
    packer = new BatchPacker(segments, labels, builder.layout, scalers, true, builder.readPadding);
    requireLongestFits(builder.batchSize);
    long[] lengths = lengths();
    order = new BatchOrder(lengths, builder.batchSize);
    values = Arrays.stream(lengths).sum();
  }

  private Batcher(Batcher other, BatchPacker packer) {
    segments = other.segments;
    labels = other.labels;
    bucketed = other.bucketed;
    includeUnlabeled = other.includeUnlabeled;
    seeds = other.seeds;
    standardization = other.standardization;
    scalers = other.scalers;
    members = other.members;
    residentAllowed = other.residentAllowed;
    this.packer = packer;
    order = other.order;
    values = other.values;
  }

  public static Builder builder(SegmentSet segments) {
    return new Builder(segments);
  }

  /** Returns the standardization applied to the features. */
  public Standardization standardization() {
    return standardization;
  }

  /** Returns the number of segments in the batches. */
  public int segments() {
    return members.length;
  }

  /** Returns the number of feature values of these segments, over the modalities read. */
  public long values() {
    return values;
  }

  /**
   * Returns whether a backend may keep the features of all segments in its memory and use {@link
   * #withoutFeatures()}.
   */
  public boolean isResidentAllowed() {
    return residentAllowed;
  }

  /** Returns B of all batches but the last. */
  public int batchSize() {
    return order.batchSize();
  }

  /**
   * Returns a batcher of the same batches without features: sequences have lengths but no values,
   * and no features are read. Use it for a model that already holds the features.
   */
  public Batcher withoutFeatures() {
    return new Batcher(this, packer.withoutFeatures());
  }

  /** Returns the number of batches of an epoch. */
  public int batches() {
    return order.batches();
  }

  /**
   * Returns the shuffled batches of an epoch. The order is a pure function of the seed and the
   * epoch, so that a resumed run can continue in the middle of the list.
   */
  public List<Batch> epoch(int epoch) {
    return lazily(order.shuffled(seeds.stream("shuffle").at(epoch), bucketed));
  }

  /** Returns the batches in the order of the segments. */
  public List<Batch> asGiven() {
    return lazily(order.asGiven());
  }

  /** Returns the batches in ascending order of segment cost. */
  public List<Batch> inOrder() {
    return lazily(order.byLength());
  }

  private int[] members() {
    int[] chosen = new int[segments.size()];
    int count = 0;
    for (int s = 0; s < chosen.length; s++) {
      if (includeUnlabeled || labels.targets(segments.info(s).scores()).isPresent()) {
        chosen[count++] = s;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /** Checks a full batch padded to the longest segment. */
  private void requireLongestFits(int batchSize) {
    int batch = Math.min(batchSize, members.length);
    scalers.forEach(
        (modality, scaler) -> {
          int longest =
              Arrays.stream(members).map(s -> segments.info(s).steps(modality)).max().orElse(0);
          if (batch > 0) {
            BatchLimit.require(modality, batch, longest, scaler.width());
          }
        });
  }

  /** Returns the cost of each segment, which grows with its number of values. */
  private long[] lengths() {
    long[] lengths = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      SegmentInfo info = segments.info(members[i]);
      for (Modality modality : scalers.modalities()) {
        lengths[i] += (long) info.steps(modality) * scalers.get(modality).width();
      }
    }
    return lengths;
  }

  private List<Batch> lazily(List<int[]> batches) {
    return new Lazy(
        batches.stream()
            .map(rows -> Arrays.stream(rows).map(row -> members[row]).toArray())
            .toList());
  }

  /** A list whose batches are packed on access. */
  private final class Lazy extends AbstractList<Batch> implements RandomAccess {
    private final List<int[]> rows;

    Lazy(List<int[]> rows) {
      this.rows = rows;
    }

    @Override
    public Batch get(int batch) {
      return packer.pack(rows.get(batch));
    }

    @Override
    public int size() {
      return rows.size();
    }
  }

  /** Builds a {@link Batcher}. */
  public static final class Builder {
    private final SegmentSet segments;
    private LabelSet labels = LabelSet.MULTI_LABEL;
    private int batchSize = 16;
    private Layout layout = Layout.TIME_FIRST;
    private ModalitySet modalities;
    private @Nullable Standardization standardization;
    private boolean bucketed = true;
    private boolean readPadding;
    private boolean residentAllowed = true;
    private boolean includeUnlabeled;
    private Seeds seeds = new Seeds(0);

    private Builder(SegmentSet segments) {
      this.segments = segments;
      modalities = ModalitySet.of(segments.widths().modalities());
    }

    /** Sets the prediction targets. Defaults to {@link LabelSet#MULTI_LABEL}. */
    public Builder labels(LabelSet labels) {
      this.labels = labels;
      return this;
    }

    /** Sets B of all batches but the last. Defaults to 16. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** Sets the order of the axes. Defaults to {@link Layout#TIME_FIRST}. */
    public Builder layout(Layout layout) {
      this.layout = layout;
      return this;
    }

    /** Sets the modalities to read. Defaults to all modalities of the segments. */
    public Builder modalities(ModalitySet modalities) {
      this.modalities = modalities;
      return this;
    }

    /** Sets the shift and scale of the features. Defaults to none. */
    public Builder standardization(Standardization standardization) {
      this.standardization = standardization;
      return this;
    }

    /**
     * Sets whether segments of similar length are grouped into the same batches. Defaults to true.
     */
    public Builder bucketed(boolean bucketed) {
      this.bucketed = bucketed;
      return this;
    }

    /**
     * Sets whether padding is part of the sequences: each present modality then has the length of
     * the longest one in its batch. Defaults to false.
     */
    public Builder readPadding(boolean readPadding) {
      this.readPadding = readPadding;
      return this;
    }

    /**
     * Sets whether a backend may keep the features in its memory. Defaults to true. Features that
     * change after they are packed must be in the batches.
     */
    public Builder residentAllowed(boolean residentAllowed) {
      this.residentAllowed = residentAllowed;
      return this;
    }

    /**
     * Includes segments that the label scheme excludes or that have other labels, with targets of
     * 0, for prediction.
     */
    public Builder includeUnlabeled() {
      includeUnlabeled = true;
      return this;
    }

    /** Sets the seeds; their stream {@code shuffle} determines the order of each epoch. */
    public Builder seeds(Seeds seeds) {
      this.seeds = seeds;
      return this;
    }

    /**
     * Returns the batcher.
     *
     * @throws ConfigException if the batch size is below 1, a batch with the longest segment would
     *     be larger than an array, the standardization does not match the widths of the features,
     *     or the segments have other labels
     */
    public Batcher build() {
      return new Batcher(this);
    }
  }
}
