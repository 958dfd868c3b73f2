/** From annotators' scores to what a model is asked to predict. */
@NullMarked
package dev.mer4j.data.label;

import org.jspecify.annotations.NullMarked;
