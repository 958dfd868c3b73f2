#!/usr/bin/env python3
"""Writes files of words in every form that h5py writes, and the words as h5py reads them.

    python3 mer-data/src/test/python/words.py

rewrites words.csd, words-latest.csd and words.json in mer-data/src/test/resources/h5py; made with h5py 3.7.0. WordsTest
compares the words. Requires h5py and numpy.
"""
import json
from pathlib import Path

import h5py
import numpy as np

OUT = Path(__file__).parents[1] / "resources/h5py"
WORDS = ["sp", "well", "café", "it's", "", "naïve", "日本", "twelve-bytes"]
LONG = [f"word-{i:03d}-" + "x" * (i % 40) for i in range(300)]  # several collections of the global heap


def intervals(count):
    starts = np.arange(count) * 0.5
    return np.stack([starts, starts + 0.5], axis=1)


def write_fixed(group, words, padding=h5py.h5t.STR_NULLPAD, size=20, **storage):
    """As numpy's S arrays, or with another padding."""
    plain = np.array([[word.encode()] for word in words], dtype=f"S{size}")
    if padding == h5py.h5t.STR_NULLPAD:
        group.create_dataset("features", data=plain, **storage)
        return
    kind = h5py.h5t.C_S1.copy()
    kind.set_size(size)
    kind.set_strpad(padding)
    kind.set_cset(h5py.h5t.CSET_UTF8)
    fill = b" " if padding == h5py.h5t.STR_SPACEPAD else b"\0"
    padded = np.array([[word.encode().ljust(size, fill)] for word in words], dtype=f"S{size}")
    space = h5py.h5s.create_simple(plain.shape)
    dataset = h5py.h5d.create(group.id, b"features", kind, space)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, padded, mtype=kind)


def write_variable(group, words, encoding="utf-8", **storage):
    kind = h5py.string_dtype(encoding)
    values = np.array([[word] for word in words], dtype=object)
    group.create_dataset("features", data=values, dtype=kind, **storage)


def write_compact(group, words):
    values = np.array([[word.encode()] for word in words], dtype="S20")
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    kind = h5py.h5t.py_create(values.dtype)
    dataset = h5py.h5d.create(group.id, b"features", kind, h5py.h5s.create_simple(values.shape), properties)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


FORMS = {
    "fixed": lambda g: write_fixed(g, WORDS),
    "fixed-12": lambda g: write_fixed(g, WORDS, size=12),
    "fixed-gzip": lambda g: write_fixed(g, WORDS, chunks=(3, 1), compression="gzip", shuffle=True),
    "fixed-compact": lambda g: write_compact(g, WORDS),
    "fixed-null-terminated": lambda g: write_fixed(g, WORDS, h5py.h5t.STR_NULLTERM),
    "fixed-space-padded": lambda g: write_fixed(g, WORDS, h5py.h5t.STR_SPACEPAD),
    "fixed-empty": lambda g: g.create_dataset("features", shape=(0, 1), dtype="S12"),
    "fixed-never-written": lambda g: g.create_dataset("features", shape=(3, 1), dtype="S12"),
    "variable": lambda g: write_variable(g, WORDS),
    "variable-ascii": lambda g: write_variable(g, ["plain", "words"], "ascii"),
    "variable-gzip": lambda g: write_variable(g, WORDS, chunks=(3, 1), compression="gzip"),
    "variable-long": lambda g: write_variable(g, LONG),
    "variable-never-written": lambda g: g.create_dataset("features", shape=(3, 1), dtype=h5py.string_dtype()),
}
REFUSED = {
    "numbers": lambda g: g.create_dataset("features", data=np.ones((3, 1))),
    "flat": lambda g: g.create_dataset("features", data=np.array([b"a", b"b"])),
    "two-columns": lambda g: g.create_dataset("features", data=np.array([[b"a", b"b"]])),
    "lists": lambda g: g.create_dataset("features", shape=(2, 1), dtype=h5py.vlen_dtype(np.int32)),
    "fewer-intervals": lambda g: write_fixed(g, WORDS),
    "without-shape": lambda g: g.create_dataset("features", data=h5py.Empty("S5")),
}


def text(value):
    return (value.decode("utf-8", "replace") if isinstance(value, bytes) else value).rstrip(" ")


def main(name, libver):
    expected = {}
    with h5py.File(OUT / name, "w", libver=libver) as file:
        for form, writer in {**FORMS, **REFUSED}.items():
            group = file.create_group(f"words/data/{form}")
            writer(group)
            features = group["features"]
            count = 3 if form == "fewer-intervals" else len(features) if features.shape else 0
            group.create_dataset("intervals", data=intervals(count))
            if form in FORMS:
                expected[form] = [text(value) for value in features[()].ravel()]
    return expected


if __name__ == "__main__":
    old = main("words.csd", "earliest")
    assert old == main("words-latest.csd", "latest")
    (OUT / "words.json").write_text(json.dumps(old, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
