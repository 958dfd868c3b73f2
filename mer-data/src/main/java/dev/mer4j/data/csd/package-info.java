/** Computational sequences: the HDF5 files that CMU-MOSEI is released as. */
@NullMarked
package dev.mer4j.data.csd;

import org.jspecify.annotations.NullMarked;
