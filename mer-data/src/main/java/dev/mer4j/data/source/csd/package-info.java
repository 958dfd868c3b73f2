/** Folders of computational sequences as a source of features. */
@NullMarked
package dev.mer4j.data.source.csd;

import org.jspecify.annotations.NullMarked;
