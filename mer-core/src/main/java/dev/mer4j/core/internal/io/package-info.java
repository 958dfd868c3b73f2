/** Model folders: {@code config.json}, {@code model.safetensors}, {@code provenance.json}. */
@NullMarked
package dev.mer4j.core.internal.io;

import org.jspecify.annotations.NullMarked;
