/** Rules for the classes of every module; the test jar of this module holds them. */
@NullMarked
package dev.mer4j.architecture;

import org.jspecify.annotations.NullMarked;
