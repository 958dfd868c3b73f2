/** Computational sequences: the HDF5 files of the CMU-MOSEI release. */
@NullMarked
package dev.mer4j.data.csd;

import org.jspecify.annotations.NullMarked;
