/** The history of a run: a record per epoch. */
@NullMarked
package dev.mer4j.train.history;

import org.jspecify.annotations.NullMarked;
