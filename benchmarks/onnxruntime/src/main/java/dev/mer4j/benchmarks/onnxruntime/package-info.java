/** Benchmarks of ONNX Runtime. */
@NullMarked
package dev.mer4j.benchmarks.onnxruntime;

import org.jspecify.annotations.NullMarked;
