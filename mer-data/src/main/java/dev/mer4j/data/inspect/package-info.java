/** Inspection of the contents and faults of a folder of files. */
@NullMarked
package dev.mer4j.data.inspect;

import org.jspecify.annotations.NullMarked;
