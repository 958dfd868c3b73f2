/** Models as ONNX graphs. */
@NullMarked
package dev.mer4j.onnx.internal.graph;

import org.jspecify.annotations.NullMarked;
