#!/usr/bin/env python3
"""Writes a file of words for the videos of TinyData: w0, w1, … of 0.1 s each.

    ./mer synth data --seed 3 --videos 20 --pace 0.1
    python3 mer-cli/src/test/python/tiny_words.py data

rewrites mer-cli/src/test/resources/dev/mer4j/cli/words.csd. Requires h5py and numpy.
"""
import sys
from pathlib import Path

import h5py
import numpy as np

TARGET = Path(__file__).parents[1] / "resources/dev/mer4j/cli/words.csd"
COUNT = 60


def main(data):
    with h5py.File(data / "CMU_MOSEI_Labels.csd") as labels:
        root = next(iter(labels))
        videos = list(labels[root]["data"])
    starts = np.arange(COUNT) / 10
    with h5py.File(TARGET, "w", libver="latest") as file:
        for video in videos:
            group = file.create_group(f"words/data/{video}")
            group.create_dataset("features", data=np.array([[f"w{i}".encode()] for i in range(COUNT)]))
            group.create_dataset("intervals", data=np.stack([starts, starts + 0.1], axis=1).astype("f4"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
