/**
 * Reads what computational sequences use of HDF5: groups, links and tables of numbers. Never opens
 * another file than the one that it is given.
 *
 * <p>Source: HDF5 File Format Specification, version 3.0.
 */
@NullMarked
package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.NullMarked;
