#!/usr/bin/env python3
"""Reads every entry of a .csd file with h5py, once for every line on standard input, and answers with how many bytes it
read, and in how many seconds.

    yes | head -3 | python3 h5py_read.py FILE
"""
import sys
import time

import h5py

for _ in sys.stdin:
    began = time.perf_counter()
    size = 0
    with h5py.File(sys.argv[1], "r") as file:
        data = next(group["data"] for group in file.values() if "data" in group)
        for video in data:
            entry = data[video]
            for name in ("features", "intervals"):
                size += entry[name][()].nbytes
    print(size, time.perf_counter() - began, flush=True)
