/** The store of prepared segments: one file with random access. */
@NullMarked
package dev.mer4j.data.store;

import org.jspecify.annotations.NullMarked;
