/** The optimizer: AdamW and gradient clipping. */
@NullMarked
package dev.mer4j.core.optimizer;

import org.jspecify.annotations.NullMarked;
