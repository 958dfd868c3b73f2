package dev.mer4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the matrix product that bounds all other benchmarks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProductBenchmark {
  static final int SIZE = 2048;

  private INDArray left;
  private INDArray right;
  private INDArray product;
  private FloatPointer a;
  private FloatPointer b;
  private FloatPointer c;

  @Setup
  public void build() {
    left = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    right = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    product = Nd4j.createUninitialized(DataType.FLOAT, SIZE, SIZE);
    a = new FloatPointer(left.data().asFloat());
    b = new FloatPointer(right.data().asFloat());
    c = new FloatPointer((long) SIZE * SIZE);
  }

  /** Computes [2048, 2048]·[2048, 2048] on all cores with ND4J's BLAS. */
  @Benchmark
  public INDArray sgemmOfNd4j() {
    return left.mmuli(right, product);
  }

  /** Computes the same product with oneDNN. */
  @Benchmark
  public int sgemmOfOneDnn() {
    return dnnl.dnnl_sgemm(
        (byte) 'N', (byte) 'N', SIZE, SIZE, SIZE, 1, a, SIZE, b, SIZE, 0, c, SIZE);
  }
}
