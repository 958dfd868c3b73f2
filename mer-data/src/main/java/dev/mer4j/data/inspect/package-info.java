/** What a folder of files holds, and what is wrong with it. */
@NullMarked
package dev.mer4j.data.inspect;

import org.jspecify.annotations.NullMarked;
