/** What happened in each epoch. */
@NullMarked
package dev.mer4j.train.history;

import org.jspecify.annotations.NullMarked;
