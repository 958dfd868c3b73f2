#!/usr/bin/env python3
"""Writes .csd files to read at different rates: contiguous and gzip-9, float64 as wide as COVAREP, float32 as wide as
OpenFace.

    python3 h5py_write.py FOLDER
"""
import os
import sys

import h5py
import numpy as np

draws = np.random.default_rng(0)


def write(name, root, videos, rows, width, dtype, **layout):
    with h5py.File(os.path.join(sys.argv[1], name), "w") as file:
        group = file.create_group(root)
        data = group.create_group("data")
        group.create_group("metadata")
        for video in range(videos):
            entry = data.create_group("v%03d" % video)
            features = np.round(draws.standard_normal((rows, width)), 3).astype(dtype)
            starts = np.arange(rows) * 0.01
            entry.create_dataset("features", data=features, **layout)
            entry.create_dataset("intervals", data=np.stack([starts, starts + 0.01], 1), **layout)


os.makedirs(sys.argv[1], exist_ok=True)
write("contiguous64.csd", "COVAREP", 60, 6000, 74, "f8")
write("contiguous32.csd", "OpenFace_2", 60, 1800, 713, "f4")
write("gzip64.csd", "COVAREP", 30, 6000, 74, "f8", compression="gzip", compression_opts=9)
write("gzip32.csd", "OpenFace_2", 30, 1800, 713, "f4", compression="gzip", compression_opts=9)
