/**
 * Reads the parts of HDF5 that computational sequences use: groups, links and tables of numbers. No
 * file other than the given one is opened.
 *
 * <p>Source: HDF5 File Format Specification, version 3.0.
 */
@NullMarked
package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.NullMarked;
