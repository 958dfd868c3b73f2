package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.Nullable;

/** The description of an array in a file, and the location of its elements. */
public final class Dataset {
  private final Dataspace space;
  private final Datatype type;
  private final Layout layout;
  private final FilterPipeline pipeline;
  private final byte[] fillValue;

  private Dataset(
      Dataspace space, Datatype type, Layout layout, FilterPipeline pipeline, byte[] fillValue) {
    this.space = space;
    this.type = type;
    this.layout = layout;
    this.pipeline = pipeline;
    this.fillValue = fillValue;
  }

  static Dataset read(ObjectHeader header) {
    if (header.has(ObjectHeader.EXTERNAL_FILES)) {
      throw new UnsupportedHdf5Exception(
          "external storage in other files; copy the numbers into this file");
    }
    Datatype type = Datatype.read(header.get(ObjectHeader.DATATYPE));
    return new Dataset(
        Dataspace.read(header.get(ObjectHeader.DATASPACE)),
        type,
        Layout.read(header.get(ObjectHeader.LAYOUT)),
        FilterPipeline.read(header.find(ObjectHeader.FILTERS)),
        FillValue.read(header, type.size()));
  }

  /** Returns the length of each dimension; empty for a scalar. */
  public long[] dimensions() {
    return space.dimensions().clone();
  }

  /** Returns whether it has neither elements nor a shape. */
  public boolean isNull() {
    return space.none();
  }

  /** Returns the name of the elements' type, such as {@code float32} or {@code string}. */
  public String typeName() {
    return type.name();
  }

  /** Returns the number type of the elements; null if they are not numbers. */
  public @Nullable NumberType number() {
    return type.number();
  }

  /** Returns the type of the elements if they are strings; null if they are not. */
  public @Nullable StringType strings() {
    return type.text();
  }

  /** Returns {@code contiguous}, {@code chunked} or {@code compact}. */
  public String layoutName() {
    return layout.name();
  }

  /** Returns whether the elements are contiguous in the file. */
  public boolean isContiguous() {
    return layout instanceof Layout.Contiguous contiguous
        && contiguous.address() != Fields.UNDEFINED;
  }

  Dataspace space() {
    return space;
  }

  Layout layout() {
    return layout;
  }

  FilterPipeline pipeline() {
    return pipeline;
  }

  byte[] fillValue() {
    return fillValue;
  }
}
