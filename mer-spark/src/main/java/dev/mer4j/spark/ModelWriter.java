package dev.mer4j.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;

/** Writes Spark's metadata and the model folder. */
final class ModelWriter extends MLWriter {
  static final String FOLDER = "model";

  private final MLWriter metadata;
  private final ModelBytes model;

  ModelWriter(MLWriter metadata, ModelBytes model) {
    this.metadata = metadata;
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    try {
      metadata.session(sparkSession()).save(path);
      Path folder = new Path(path, FOLDER);
      FileSystem files = folder.getFileSystem(sc().hadoopConfiguration());
      for (Map.Entry<String, byte[]> file : model.files().entrySet()) {
        try (OutputStream out = files.create(new Path(folder, file.getKey()), false)) {
          out.write(file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
