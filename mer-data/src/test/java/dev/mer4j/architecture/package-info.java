/** Architecture rules for the classes of all modules, published in the test jar of this module. */
@NullMarked
package dev.mer4j.architecture;

import org.jspecify.annotations.NullMarked;
