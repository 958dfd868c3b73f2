#!/usr/bin/env python3
"""Writes the small HDF5 files of the tests, and their contents as read by numpy.

    python3 src/test/python/fixtures.py src/test/resources/h5py

Requires h5py and numpy. The alignment is that of the CMU Multimodal SDK, implemented with numpy.
"""
import json
import sys
from pathlib import Path

import h5py
import numpy as np

OUT = Path(sys.argv[1])
EPSILON = 1e-5
VIDEOS = ["-starts-with-hyphen", "25522", "255224", "unsorted", "no-audio", "far-away"]
random = np.random.default_rng(20261122)


def write(name, root, entries, **options):
    """entries: video -> (intervals, features)"""
    with h5py.File(OUT / name, "w", **options.pop("file", {})) as file:
        for video, (intervals, features) in entries.items():
            group = file.create_group(f"{root}/data/{video}")
            group.create_dataset("features", data=features, **options)
            group.create_dataset("intervals", data=intervals)
        file.create_dataset(
            f"{root}/metadata/root name",
            data=np.array([json.dumps(root)], dtype=object),
            dtype=h5py.string_dtype("utf-8"),
        )


def rows(video, rate, width, dtype, seconds=12.0):
    n = int(seconds * rate)
    starts = np.sort(random.uniform(-0.4, seconds, n))
    ends = starts + random.uniform(0, 2 / rate, n)
    backwards = random.random(n) < 0.03
    starts[backwards], ends[backwards] = ends[backwards], starts[backwards]
    if video == "unsorted":
        order = random.permutation(n)
        starts, ends = starts[order], ends[order]
        starts[1] = starts[0]
    if video == "far-away":
        starts, ends = starts + 1000, ends + 1000
    features = (random.standard_normal((n, width)) * 3).astype(dtype)
    features[random.random(features.shape) < 0.01] = np.nan
    features[random.random(features.shape) < 0.01] = -np.inf
    features[random.random(features.shape) < 0.005] = np.inf
    return np.stack([starts, ends], axis=1), features


def label_rows(video):
    starts = np.array([-0.2, 2.0, 4.5, 4.4, 7.0, 9.0, 0.0])
    ends = np.array([2.0, 4.6, 7.0, 4.4 + 5e-6, 7.0 + 2e-5, 8.0, 300.0])
    if video == "unsorted":
        starts, ends = starts[::-1], ends[::-1]
    labels = np.round(random.uniform(0, 3, (len(starts), 7)) * 3) / 3
    labels[random.random(labels.shape) < 0.4] = 0
    labels[0] = [-10 / 3, 10 / 3, 0, -0.5, 0, 0, 3]
    return np.stack([starts, ends], axis=1), labels


def align(label_intervals, intervals, features):
    """Yields the rows that the SDK keeps for each label interval, or None without a segment."""
    order = np.argsort(intervals[:, 0], kind="stable")
    intervals, features = intervals[order], features[order].astype("f8")
    for ref in label_intervals:
        if abs(ref[0] - ref[1]) < EPSILON:
            yield None
            continue
        hit = (ref[1] - intervals[:, 0] > -EPSILON) & (intervals[:, 1] - ref[0] > -EPSILON)
        kept, values = intervals[hit], features[hit]
        clipped = np.stack([np.maximum(kept[:, 0], ref[0]), np.minimum(kept[:, 1], ref[1])], axis=1)
        long = np.abs(clipped[:, 0] - clipped[:, 1]) > EPSILON
        clipped, values = clipped[long], values[long]
        yield {} if len(clipped) == 0 else {
            "rows": len(clipped),
            "first": clipped[0, 0],
            "last": clipped[-1, 1],
            "nan": int(np.isnan(values).sum()),
            "inf": int(np.isinf(values).sum()),
            "sum": float(values[np.isfinite(values)].sum()),
            "corner": repr(float(values[-1, -1])),
        }


def release():
    labels = {video: label_rows(video) for video in VIDEOS}
    text = {video: rows(video, 2.5, 5, "f4") for video in VIDEOS}
    audio = {video: rows(video, 10, 4, "f8") for video in VIDEOS if video != "no-audio"}
    visual = {video: rows(video, 6, 7, "f4") for video in VIDEOS}
    (OUT / "release").mkdir(parents=True, exist_ok=True)
    write("release/CMU_MOSEI_Labels.csd", "All Labels", labels, compression="gzip", compression_opts=9)
    write("release/CMU_MOSEI_TimestampedWordVectors.csd", "glove_vectors", text, compression="gzip", compression_opts=9)
    write("release/CMU_MOSEI_COVAREP.csd", "COVAREP", audio)
    write("release/CMU_MOSEI_VisualOpenFace2.csd", "OpenFace_2", visual)
    words = {video: (text[video][0], np.full((len(text[video][0]), 1), b"sp", "S12")) for video in VIDEOS[:2]}
    write("release/CMU_MOSEI_TimestampedWords.csd", "words", words)
    expected = {}
    for video in VIDEOS:
        for modality, source in (("text", text), ("audio", audio), ("visual", visual)):
            if video in source:
                for i, found in enumerate(align(labels[video][0], *source[video])):
                    if found is not None:
                        expected.setdefault(f"{video}[{i}]", {})
                        if found:
                            expected[f"{video}[{i}]"][modality] = found
            else:
                for i, ref in enumerate(labels[video][0]):
                    if abs(ref[0] - ref[1]) >= EPSILON:
                        expected.setdefault(f"{video}[{i}]", {})
    (OUT / "release-expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def types():
    table = np.arange(21).reshape(7, 3) - 4
    intervals = np.stack([np.arange(7.0), np.arange(7.0) + 1], axis=1)
    with h5py.File(OUT / "types.csd", "w", libver="latest") as file:
        data = file.create_group("anything/data")
        for dtype in ("<f2", "<f4", "<f8", ">f4", ">f8", "<i1", "<i2", "<i4", "<i8", ">i4"):
            for layout, options in {
                "contiguous": {},
                "chunked": {"chunks": (4, 2)},
                "gzip": {"chunks": (4, 3), "compression": "gzip"},
                "shuffle": {"chunks": (4, 2), "compression": "gzip", "shuffle": True, "fletcher32": True},
            }.items():
                if layout in ("chunked", "shuffle") and dtype not in ("<f4", "<f8"):
                    continue
                entry = data.create_group(f"{dtype[1:]}{'be' if dtype[0] == '>' else ''}-{layout}")
                entry.create_dataset("features", data=table.astype(dtype), **options)
                entry.create_dataset("intervals", data=intervals)
    for name, options in {"latest": {"libver": "latest"}, "userblock": {"userblock_size": 512}}.items():
        write(f"{name}.csd", "COVAREP", {"a": (intervals, table.astype("f4"))}, file=options)


def metadata():
    """Writes the metadata of SDK 1.0 (a bare str), and the key that a later SDK misspells."""
    intervals, features = np.array([[0.0, 1.0]]), np.ones((1, 3), "f4")
    write("old-sdk.csd", "COAVAREP", {"a": (intervals, features)})
    with h5py.File(OUT / "old-sdk.csd", "a") as file:
        for key, value in {
            "dimension namescomputational sequence version": "1.0",
            "creator": "",
            "md5": None,
            "dimension names": "['a', \"b\", 3]",
        }.items():
            file.create_dataset(
                f"COAVAREP/metadata/{key}",
                data=np.array([str(value)], dtype=object),
                dtype=h5py.string_dtype("utf-8"),
            )


def shuffled():
    """Writes shuffled and compressed chunks whose shape does not divide that of the table."""
    table = (np.arange(19 * 7, dtype="f8").reshape(19, 7) - 50) / 7
    intervals = np.stack([np.arange(19.0), np.arange(19.0) + 1], axis=1)
    with h5py.File(OUT / "chunks.csd", "w", libver="latest") as file:
        for dtype in ("f4", "f8", ">f4", ">f8"):
            for name, options in {
                "plain": {},
                "gzip": {"compression": "gzip", "compression_opts": 9},
                "shuffle-gzip": {"compression": "gzip", "shuffle": True},
                "shuffle": {"shuffle": True},
                "lzf": {"compression": "lzf"},
            }.items():
                group = file.create_group(f"root/data/{dtype.replace('>', 'big-')}-{name}")
                group.create_dataset("features", data=table.astype(dtype), chunks=(8, 5), **options)
                group.create_dataset("intervals", data=intervals)


def faults():
    intervals = np.array([[0.0, 1.0], [1.0, 2.0]])
    features = np.ones((2, 3))
    with h5py.File(OUT / "faults.csd", "w", libver="latest") as file:
        data = file.create_group("root/data")

        def entry(name, features, intervals=intervals):
            group = data.create_group(name)
            group.create_dataset("features", data=features)
            group.create_dataset("intervals", data=intervals)

        entry("good", features)
        entry("more-rows", np.ones((3, 3)))
        entry("rank-1", np.ones(2))
        entry("rank-3", np.ones((2, 3, 1)))
        entry("scalar", 1.0)
        entry("words", np.array([[b"a"], [b"b"]], "S12"))
        entry("wide-intervals", features, np.ones((2, 3)))
        entry("endless", features, np.array([[0.0, np.nan], [1.0, np.inf]]))
        entry("empty", np.zeros((0, 3)), np.zeros((0, 2)))
        entry("empty-rank-1", np.zeros(0), np.zeros(0))
        data.create_group("no-features").create_dataset("intervals", data=intervals)
        data.create_dataset("not-a-group", data=features)
        file.create_group("root/metadata")
    flat = (np.stack([np.arange(100.0), np.arange(100.0) + 1], axis=1), np.zeros(100))
    write("one-dimensional.csd", "COVAREP", {"a": flat, "b": flat})
    with h5py.File(OUT / "no-data.csd", "w") as file:
        file.create_group("root/metadata")
    with h5py.File(OUT / "two-roots.csd", "w") as file:
        file.create_group("one/data")
        file.create_group("two/data")


OUT.mkdir(parents=True, exist_ok=True)
release()
types()
metadata()
shuffled()
faults()
