/** Training a model: the loop, and what it drops, records and reports. */
@NullMarked
package dev.mer4j.train;

import org.jspecify.annotations.NullMarked;
