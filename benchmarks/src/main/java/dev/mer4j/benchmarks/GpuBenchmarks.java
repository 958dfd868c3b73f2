package dev.mer4j.benchmarks;

import dev.mer4j.cuda.CudaBackend;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks whose names start with Gpu, if a GPU is available. Accepts JMH's options. */
public final class GpuBenchmarks {
  private GpuBenchmarks() {}

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Optional<String> reason = new CudaBackend().unavailableReason();
    if (reason.isPresent()) {
      System.err.println("no GPU available: " + reason.get());
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
