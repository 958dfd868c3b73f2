/** Determines the form of files by their content. */
@NullMarked
package dev.mer4j.data.source.form;

import org.jspecify.annotations.NullMarked;
