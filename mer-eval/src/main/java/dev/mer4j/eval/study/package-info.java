/** Everything there is to know about one model on one split. */
@NullMarked
package dev.mer4j.eval.study;

import org.jspecify.annotations.NullMarked;
