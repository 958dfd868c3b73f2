/** Digests of data. */
@NullMarked
package dev.mer4j.train.internal;

import org.jspecify.annotations.NullMarked;
