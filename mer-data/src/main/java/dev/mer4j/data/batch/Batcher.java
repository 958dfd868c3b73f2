package dev.mer4j.data.batch;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.seed.Seeds;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Packs segments into batches: standardized, each modality padded with zeros to its own longest row
 * in the batch.
 *
 * <p>The lists returned here hold no features: a batch is read and packed when it is got, into
 * arrays of its own, by whatever thread gets it. Every segment of the label scheme is in exactly
 * one batch; the last batch may be smaller.
 */
public final class Batcher {
  private final SegmentSet segments;
  private final LabelScheme labels;
  private final boolean bucketed;
  private final boolean keepUnlabelled;
  private final Seeds seeds;
  private final PerModality<ColumnScaler> scalers;
  private final int[] members;
  private final BatchPacker packer;
  private final BatchOrder order;
  private final long values;

  private Batcher(Builder builder) {
    List<String> problems = new ArrayList<>();
    if (builder.batchSize < 1) {
      problems.add("batch size must be at least 1: " + builder.batchSize);
    }
    segments = builder.segments;
    PerModality<Integer> widths = segments.widths();
    Standardization standardization =
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
                "%s features are %d wide, their standardization %d",
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
    bucketed = builder.bucketed;
    keepUnlabelled = builder.includeUnlabeled;
    seeds = builder.seeds;
    members = members();
    packer = new BatchPacker(segments, labels, builder.layout, scalers, true);
    requireLongestFits(builder.batchSize);
    long[] lengths = lengths();
    order = new BatchOrder(lengths, builder.batchSize);
    values = Arrays.stream(lengths).sum();
  }

  private Batcher(Batcher other, BatchPacker packer) {
    segments = other.segments;
    labels = other.labels;
    bucketed = other.bucketed;
    keepUnlabelled = other.keepUnlabelled;
    seeds = other.seeds;
    scalers = other.scalers;
    members = other.members;
    this.packer = packer;
    order = other.order;
    values = other.values;
  }

  public static Builder builder(SegmentSet segments) {
    return new Builder(segments);
  }

  /** How many segments take part. */
  public int segments() {
    return members.length;
  }

  /** How many float values of features these segments have together, of the modalities read. */
  public long values() {
    return values;
  }

  /** B of all batches but the last. */
  public int batchSize() {
    return order.batchSize();
  }

  /**
   * Returns what makes the same batches, but for the features: sequences know how long each row is
   * and have no values, and nothing is read. They are for a model that holds the features already.
   */
  public Batcher withoutFeatures() {
    return new Batcher(this, packer.withoutFeatures());
  }

  /** How many batches an epoch has. */
  public int batches() {
    return order.batches();
  }

  /**
   * Returns the batches of an epoch, shuffled: a pure function of the seed and the epoch, so that a
   * resumed run can go on in the middle of the list.
   */
  public List<Batch> epoch(int epoch) {
    return lazily(order.shuffled(seeds.stream("shuffle").at(epoch), bucketed));
  }

  /** Returns the batches from the cheapest segments to the most expensive. */
  public List<Batch> inOrder() {
    return lazily(order.byLength());
  }

  private int[] members() {
    int[] chosen = new int[segments.size()];
    int count = 0;
    for (int s = 0; s < chosen.length; s++) {
      if (keepUnlabelled || labels.targets(segments.info(s).scores()).isPresent()) {
        chosen[count++] = s;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /** A full batch of the longest segment: it is in one, unless it is in the last batch. */
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

  /** What a segment costs an encoder grows with its values. */
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

  /** Batches that are packed when they are got. */
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

  /** Gathers what a {@link Batcher} needs. */
  public static final class Builder {
    private final SegmentSet segments;
    private LabelScheme labels = LabelScheme.MULTI_LABEL;
    private int batchSize = 16;
    private Layout layout = Layout.TIME_FIRST;
    private ModalitySet modalities;
    private @Nullable Standardization standardization;
    private boolean bucketed = true;
    private boolean includeUnlabeled;
    private Seeds seeds = new Seeds(0);

    private Builder(SegmentSet segments) {
      this.segments = segments;
      modalities = ModalitySet.of(segments.widths().modalities());
    }

    /** What the targets are; by default several emotions at once. */
    public Builder labels(LabelScheme labels) {
      this.labels = labels;
      return this;
    }

    /** B of all batches but the last; 16 by default. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** The order of the axes; time first by default. */
    public Builder layout(Layout layout) {
      this.layout = layout;
      return this;
    }

    /** What to read; by default all that the segments have. */
    public Builder modalities(ModalitySet modalities) {
      this.modalities = modalities;
      return this;
    }

    /** How to shift and scale the features; by default not at all. */
    public Builder standardization(Standardization standardization) {
      this.standardization = standardization;
      return this;
    }

    /** Whether to shuffle segments of like length into the same batches; so by default. */
    public Builder bucketed(boolean bucketed) {
      this.bucketed = bucketed;
      return this;
    }

    /** Keeps segments that are not part of the label scheme, with targets of 0: to predict on. */
    public Builder includeUnlabeled() {
      includeUnlabeled = true;
      return this;
    }

    /** Where the epochs' orders come from: the stream {@code shuffle}. */
    public Builder seeds(Seeds seeds) {
      this.seeds = seeds;
      return this;
    }

    /**
     * Returns the batcher.
     *
     * @throws ConfigException if the batch size is below 1, a batch with the longest segment would
     *     be larger than an array, or the standardization does not fit
     */
    public Batcher build() {
      return new Batcher(this);
    }
  }
}
