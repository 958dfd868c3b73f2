/** Models as ONNX files: writing, reading and verification. */
@NullMarked
package dev.mer4j.onnx;

import org.jspecify.annotations.NullMarked;
