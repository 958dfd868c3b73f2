/** The prepared data: one file that is read in any order. */
@NullMarked
package dev.mer4j.data.store;

import org.jspecify.annotations.NullMarked;
