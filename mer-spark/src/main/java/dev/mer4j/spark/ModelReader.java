package dev.mer4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ModelWriter} writes. */
final class ModelReader extends MLReader<EmotionClassificationModel> {
  /** Spark's reader of metadata. */
  private static final class Metadata
      implements DefaultParamsReadable<EmotionClassificationModel> {}

  @Override
  public EmotionClassificationModel load(String path) {
    Path folder = new Path(path, ModelWriter.FOLDER);
    try {
      FileSystem files = folder.getFileSystem(sc().hadoopConfiguration());
      ModelBytes bytes =
          ModelBytes.read(
              java.nio.file.Path.of(folder.toUri().getPath()),
              name -> content(files, new Path(folder, name)));
      return new Metadata().read().session(sparkSession()).load(path).withModel(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte @Nullable [] content(FileSystem files, Path file) throws IOException {
    if (!files.exists(file)) {
      return null;
    }
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }
}
