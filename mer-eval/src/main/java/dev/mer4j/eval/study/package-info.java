/** The complete evaluation of one model on one split. */
@NullMarked
package dev.mer4j.eval.study;

import org.jspecify.annotations.NullMarked;
