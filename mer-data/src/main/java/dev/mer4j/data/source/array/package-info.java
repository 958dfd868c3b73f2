/**
 * What array files have in common: a tree of keys and values, whose numeric arrays stay in the file
 * until rows of them are read.
 */
@NullMarked
package dev.mer4j.data.source.array;

import org.jspecify.annotations.NullMarked;
