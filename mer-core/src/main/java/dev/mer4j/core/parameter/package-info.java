/** All parameters in one flat array, with named views. */
@NullMarked
package dev.mer4j.core.parameter;

import org.jspecify.annotations.NullMarked;
