package dev.mer4j.benchmarks;

import dev.mer4j.cuda.CudaBackend;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks whose names begin with Gpu, if there is a GPU. Takes JMH's options. */
public final class GpuBenchmarks {
  private GpuBenchmarks() {}

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Optional<String> why = new CudaBackend().unavailableReason();
    if (why.isPresent()) {
      System.err.println("no GPU to measure: " + why.get());
      System.exit(1);
    }
    CommandLineOptions options = new CommandLineOptions(arguments);
    OptionsBuilder all = new OptionsBuilder();
    all.parent(options);
    if (options.getIncludes().isEmpty()) {
      all.include("\\.Gpu(Lstm|TrainStep)Benchmark\\.");
    }
    new Runner(all.build()).run();
  }
}
