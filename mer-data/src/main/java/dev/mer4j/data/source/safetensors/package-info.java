/** Reads safetensors files of any type of numbers and any size. */
@NullMarked
package dev.mer4j.data.source.safetensors;

import org.jspecify.annotations.NullMarked;
