#!/usr/bin/env python3
"""Writes small files with every HDF5 form of a table of numbers, and their contents as read by h5py.

    python3 src/test/python/hdf5_forms.py src/test/resources/h5py/forms

Requires h5py and numpy. An entry is expected to have the values read by h5py, as doubles. An entry in another file, or
that is not a table of numbers, is expected to be rejected with part of a message.
"""
import gzip
import json
import sys
from pathlib import Path

import h5py
import numpy as np
from h5py import h5d, h5p, h5s, h5t

OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)
expected = {}
random = np.random.default_rng(20261129)
np.seterr(over="ignore")


def text(value):
    value = float(value)
    if np.isnan(value):
        return "NaN"
    return ("-Infinity" if value < 0 else "Infinity") if np.isinf(value) else repr(value)


def intervals(rows):
    return np.stack([np.arange(rows), np.arange(rows) + 1.0], axis=1)


class Form:
    """One file, whose entries are added and then read by h5py."""

    def __init__(self, name, packed=False, root="root/data", **options):
        self.name, self.packed, self.refused, self.damaged = name, packed, {}, {}
        self.path = OUT / name
        self.file = h5py.File(self.path, "w", **options)
        self.data = self.file.create_group(root, track_order=options.get("track_order"))

    def entry(self, name, rows):
        group = self.data.create_group(name)
        group.create_dataset("intervals", data=intervals(rows))
        return group

    def add(self, name, table, **options):
        group = self.entry(name, len(table))
        return group.create_dataset("features", data=table, **options)

    def add_low(self, name, shape, type_id, maxshape=None, chunks=None, change=lambda dcpl: None, **options):
        """Adds a dataset of the low-level interface, without writing to it."""
        group = self.entry(name, shape[0])
        dcpl = h5p.create(h5p.DATASET_CREATE)
        if chunks:
            dcpl.set_chunk(chunks)
        change(dcpl)
        space = h5s.create_simple(shape, maxshape or shape)
        return h5d.create(group.id, b"features", type_id, space, dcpl)

    def refuse(self, name, words):
        self.refused[name] = words

    def damage(self, name, words):
        self.damaged[name] = words

    def close(self, only=None):
        """Reads all entries, or only some."""
        self.file.close()
        entries = {}
        with h5py.File(self.path, "r") as file:
            data = file["root/data"]
            for name in only or data:
                if name in self.damaged:
                    entries[name] = {"damaged": self.damaged[name]}
                    continue
                if name in self.refused:
                    entries[name] = {"refused": self.refused[name]}
                    continue
                values = read(data[name]["features"])
                entries[name] = {"shape": list(values.shape), "values": compact(values)}
        expected[self.name] = entries
        if self.packed:
            content = self.path.read_bytes()
            self.path.unlink()
            with open(f"{self.path}.gz", "wb") as raw:
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    packed.write(content)


def read(dataset):
    try:
        return np.asarray(dataset[()])
    except (TypeError, ValueError):
        # numpy has no such type; the library converts it.
        values = np.empty(dataset.shape)
        dataset.id.read(h5s.ALL, h5s.ALL, values, mtype=h5t.NATIVE_DOUBLE)
        return values


def compact(values):
    """Encodes long tables as runs: value, count, value, count …"""
    flat = [text(v) for v in values.astype("f8").ravel()]
    if len(flat) < 200:
        return flat
    runs = []
    for value in flat:
        if runs and runs[-1][0] == value:
            runs[-1][1] += 1
        else:
            runs.append([value, 1])
    return {"runs": runs}


def low_integer(base, size, precision, offset):
    kind = base.copy()
    kind.set_size(size)
    kind.set_precision(precision)
    kind.set_offset(offset)
    return kind


def low_float(size, precision, offset, sign, exponent, exponent_bits, mantissa, mantissa_bits, bias, big=False):
    kind = (h5t.IEEE_F64BE if big else h5t.IEEE_F64LE).copy()
    if size > 8:
        kind.set_size(size)
        kind.set_precision(precision)
    kind.set_fields(sign, exponent, exponent_bits, mantissa, mantissa_bits)
    kind.set_offset(offset)
    kind.set_precision(precision)
    kind.set_size(size)
    kind.set_ebias(bias)
    return kind


def damaged():
    """Writes chunks whose bytes contradict their description."""
    import zlib
    form = Form("damaged.csd", libver="latest")
    table = np.arange(8, dtype="f4").reshape(4, 2)

    def chunk(name, content, words, **options):
        dataset = form.entry(name, 4).create_dataset(
            "features", (4, 2), "f4", chunks=(2500, 2), maxshape=(None, 2), **options)
        dataset.id.write_direct_chunk((0, 0), content)
        form.damage(name, words)

    gzip_options = {"compression": "gzip"}
    chunk("bomb", zlib.compress(bytes(15_000_000), 9), "chunk exceeds its expected size of 20000 bytes", **gzip_options)
    chunk("short", zlib.compress(bytes(19_999), 9), "chunk of 19999 bytes, expected 20000", **gzip_options)
    chunk("cut", zlib.compress(bytes(20_000), 9)[:-9], "chunk is truncated", **gzip_options)
    chunk("sum", zlib.compress(bytes(20_000), 9)[:-1] + b"?", "chunk is damaged", **gzip_options)
    chunk("no-gzip", bytes(100), "chunk is damaged", **gzip_options)
    chunk("plain-short", bytes(100), "chunk of 100 bytes, expected 20000", shuffle=True)
    chunk("fletcher", bytes(20_000) + b"abcd", "checksum mismatch in a chunk", fletcher32=True)
    chunk("lzf", b"\xe0\xff\xff\xff", "LZF", compression="lzf")
    chunk("lzf-bomb", b"\x00a" + b"\xe0\xff\x00" * 100, "LZF", compression="lzf")
    chunk("lzf-cut", b"\x1fab", "LZF", compression="lzf")
    form.add("good", table)
    form.close()


def numbers():
    form = Form("numbers.csd", libver="latest")
    for size in (1, 2, 4, 8):
        for sign in "iu":
            for order in "<>":
                info = np.iinfo(f"{sign}{size}")
                table = np.array([[info.min, info.max, 0], [1, info.max - 1, info.max // 3]], f"{order}{sign}{size}")
                form.add(f"{sign}{size}{'be' if order == '>' else 'le'}", table)
                form.add(f"{sign}{size}{'be' if order == '>' else 'le'}-gzip", table, chunks=(1, 2), compression="gzip")
    for size in (2, 4, 8):
        for order in "<>":
            kind = np.dtype(f"{order}f{size}")
            info = np.finfo(kind)
            table = np.array([
                [info.max, info.min, info.tiny, 0.1],
                [np.nan, np.inf, -np.inf, -0.0],
                [info.smallest_subnormal, -info.smallest_subnormal * 3, info.tiny - info.smallest_subnormal, 1 / 3],
            ], kind)
            form.add(f"f{size}{'be' if order == '>' else 'le'}", table)
            form.add(f"f{size}{'be' if order == '>' else 'le'}-chunked", table, chunks=(2, 3), shuffle=True)
    wide = np.array([
        [np.longdouble(1) / 3, -np.longdouble(2) ** 0.5, np.longdouble(1e300) * 1e300, np.longdouble(1) + np.longdouble(2) ** -53],
        [np.nan, np.inf, -np.inf, -0.0],
        [np.longdouble(2) ** -1074, np.longdouble(2) ** -1075 * 1.5, np.longdouble(2) ** -1080, np.longdouble(3) ** -660],
        [np.longdouble(1) + np.longdouble(2) ** -53 + np.longdouble(2) ** -63, np.longdouble(1) + np.longdouble(3) * np.longdouble(2) ** -53, 7, 1e-310],
    ], np.longdouble)
    form.add("f16", wide)
    form.add("f16-gzip", wide, chunks=(3, 2), compression="gzip", shuffle=True)
    form.add("bool", np.array([[True, False], [False, True]]))
    form.add("enum", np.array([[-3, 7], [7, 0]], "i2"), dtype=h5py.enum_dtype({"A": -3, "B": 7, "C": 0}, basetype=">i2"))

    def converted(name, kind, table, memory):
        # The library converts to the type in the file.
        dataset = form.add_low(name, table.shape, kind)
        dataset.write(h5s.ALL, h5s.ALL, table, mtype=memory)

    table = np.array([[-5, 100, 0], [32767, -32768, 77]], "i4")
    converted("i17-in-4le", low_integer(h5t.STD_I32LE, 4, 17, 5), table, h5t.NATIVE_INT32)
    converted("i17-in-4be", low_integer(h5t.STD_I32BE, 4, 17, 5), table, h5t.NATIVE_INT32)
    converted("u12-in-8", low_integer(h5t.STD_U64LE, 8, 12, 40), abs(table) % 4096, h5t.NATIVE_INT32)
    converted("i24", low_integer(h5t.STD_I32LE, 3, 24, 0), table, h5t.NATIVE_INT32)
    converted("bitfield", h5t.STD_B16BE, np.array([[1, 65535], [256, 2]], "u2"), h5t.NATIVE_B16)
    table = np.array([[1 / 3, -2.5, 1e30], [0, 1e-30, 65504]], "f8")
    converted("bfloat16", low_float(2, 16, 0, 15, 7, 8, 0, 7, 127), table, h5t.NATIVE_DOUBLE)
    converted("bfloat16-be", low_float(2, 16, 0, 15, 7, 8, 0, 7, 127, True), table, h5t.NATIVE_DOUBLE)
    converted("f24", low_float(3, 24, 0, 23, 15, 8, 0, 15, 127), table, h5t.NATIVE_DOUBLE)
    converted("f20-in-4", low_float(4, 20, 8, 27, 20, 7, 8, 12, 63), np.minimum(table, 1e9), h5t.NATIVE_DOUBLE)
    converted("f9-exponent", low_float(4, 32, 0, 31, 22, 9, 0, 22, 255), table, h5t.NATIVE_DOUBLE)
    converted("f128", low_float(16, 128, 0, 127, 112, 15, 0, 112, 16383), table, h5t.NATIVE_DOUBLE)
    converted("f128-be", low_float(16, 128, 0, 127, 112, 15, 0, 112, 16383, True), table, h5t.NATIVE_DOUBLE)
    named = form.file["root"]
    named["committed"] = np.dtype(">f4")
    form.add("committed", np.array([[1.5, -2], [0, 3]]), dtype=named["committed"])
    form.close()


def masks():
    """Writes chunks for which some filters were skipped."""
    kinds = {
        "masks.csd": ({}, (11, 5)),
        "masks-latest.csd": ({"libver": "latest"}, (11, 5)),
    }
    for file_name, (options, shape) in kinds.items():
        form = Form(file_name, **options)
        shapes = {"fixed": shape, "one": (None, 5), "other": (11, None), "both": (None, None)}
        for kind, most in shapes.items():
            for dtype in ("<f4", ">f8"):
                table = random.standard_normal(shape).astype(dtype)
                group = form.entry(f"{kind}-{dtype[1:]}", shape[0])
                dataset = group.create_dataset("features", shape, dtype, chunks=(4, 2), maxshape=most,
                                               shuffle=True, compression="gzip", fletcher32=True)
                dataset[...] = table
                mask_chunks(dataset, table)
        single = random.standard_normal((4, 3)).astype("<f4")
        for skipped in range(4):
            group = form.entry(f"single-{skipped}", 4)
            dataset = group.create_dataset("features", (4, 3), "<f4", chunks=(4, 3), shuffle=True, compression="gzip")
            dataset.id.write_direct_chunk((0, 0), encoded(single, ["shuffle", "gzip"], skipped), skipped)
        form.close()


def encoded(chunk, filters, skipped):
    import zlib
    content = chunk.tobytes()
    for i, name in enumerate(filters):
        if skipped >> i & 1:
            continue
        if name == "shuffle":
            content = np.frombuffer(content, "u1").reshape(-1, chunk.dtype.itemsize).T.tobytes()
        elif name == "gzip":
            content = zlib.compress(content)
    return content


def mask_chunks(dataset, table):
    """Rewrites some chunks without some of the filters; the third, the checksum, is always omitted."""
    rows, columns = dataset.chunks
    skipped = 0
    for top in range(0, table.shape[0], rows):
        for left in range(0, table.shape[1], columns):
            chunk = np.zeros((rows, columns), table.dtype)
            part = table[top:top + rows, left:left + columns]
            chunk[:part.shape[0], :part.shape[1]] = part
            names = [{h5py.h5z.FILTER_SHUFFLE: "shuffle", h5py.h5z.FILTER_DEFLATE: "gzip"}.get(
                dataset.id.get_create_plist().get_filter(i)[0], "sum")
                for i in range(dataset.id.get_create_plist().get_nfilters())]
            mask = sum(1 << i for i, name in enumerate(names)
                       if name == "sum" or name == "shuffle" and skipped & 1 or name == "gzip" and skipped & 2)
            if skipped != 4:
                dataset.id.write_direct_chunk((top, left), encoded(chunk, names, mask), mask)
            skipped = (skipped + 1) % 5


def filters():
    form = Form("filters.csd", libver="latest")
    table = np.round(random.standard_normal((23, 5)) * 2) / 2
    for name, options in {
        "gzip": {"compression": "gzip"}, "lzf": {"compression": "lzf"},
        "shuffle-lzf": {"compression": "lzf", "shuffle": True},
        "fletcher": {"fletcher32": True}, "all": {"compression": "gzip", "shuffle": True, "fletcher32": True},
        "lzf-fletcher": {"compression": "lzf", "fletcher32": True},
    }.items():
        for dtype in ("f4", "f8", "i2", "i1"):
            form.add(f"{name}-{dtype}", table.astype(dtype), chunks=(9, 3), **options)
    form.add("lzf-random", random.standard_normal((50, 4)), chunks=(25, 2), compression="lzf")
    form.add("lzf-long", np.zeros((40, 50), "f4"), chunks=(40, 50), compression="lzf")
    form.add("odd-bytes", np.arange(15, dtype="i1").reshape(5, 3), chunks=(5, 3), fletcher32=True)

    def twice(dcpl):
        dcpl.set_deflate(9)
        dcpl.set_deflate(1)

    dataset = form.add_low("gzip-twice", (30, 4), h5t.IEEE_F32LE, chunks=(15, 4), change=twice)
    dataset.write(h5s.ALL, h5s.ALL, np.arange(120, dtype="f4").reshape(30, 4))
    form.add("scaleoffset", np.arange(8).reshape(4, 2), chunks=(2, 2), scaleoffset=0)
    form.refuse("scaleoffset", "filter 6 (scaleoffset)")

    def nbit(dcpl):
        dcpl.set_filter(5, h5py.h5z.FLAG_OPTIONAL, ())

    dataset = form.add_low("nbit", (4, 2), low_integer(h5t.STD_I32LE, 4, 17, 5), chunks=(2, 2), change=nbit)
    dataset.write(h5s.ALL, h5s.ALL, np.arange(8, dtype="i4").reshape(4, 2))
    form.refuse("nbit", "filter 5 (nbit)")

    def unknown(dcpl):
        dcpl.set_filter(32008, h5py.h5z.FLAG_OPTIONAL, (0, 2, 4, 0, 2))

    form.add_low("bitshuffle", (4, 2), h5t.IEEE_F32LE, chunks=(2, 2), change=unknown)
    form.refuse("bitshuffle", "filter 32008 (bitshuffle)")
    form.close()


def indexes():
    """Every index of chunks; what was never written is the fill value."""
    for name, options in {"indexes.csd": {}, "indexes-latest.csd": {"libver": "latest"}}.items():
        form = Form(name, packed=True, **options)
        few = np.arange(77.0).reshape(11, 7)
        many = np.arange(1040, dtype="i2").reshape(52, 20)
        for kind, most in {
            "fixed": None, "fixed-larger": (30, 19), "grows": (None, 7), "grows-wider": (11, None),
            "grows-to": (None, 23), "both": (None, None),
        }.items():
            for packing, more in {"plain": {}, "gzip": {"compression": "gzip"}}.items():
                form.add(f"{kind}-{packing}", few, chunks=(3, 2), maxshape=most, **more)
        for kind, most in {"fixed": None, "grows": (None, 20), "both": (None, None)}.items():
            form.add(f"many-{kind}", many, chunks=(1, 1), maxshape=most)
        form.add("single", few, chunks=(11, 7))
        form.add("single-gzip", few, chunks=(11, 7), compression="gzip")
        group = form.entry("shrunk", 5)
        group.create_dataset("features", data=few, chunks=(3, 2), maxshape=(None, None)).resize((5, 3))

        def early(dcpl):
            dcpl.set_alloc_time(h5d.ALLOC_TIME_EARLY)

        dataset = form.add_low("implicit", (11, 7), h5t.IEEE_F64LE, chunks=(3, 2), change=early)
        dataset.write(h5s.ALL, h5s.ALL, few)
        dataset = form.add_low("implicit-larger", (11, 7), h5t.IEEE_F64LE, (14, 13), (3, 2), early)
        dataset.write(h5s.ALL, h5s.ALL, few)
        form.add_low("implicit-unwritten", (11, 7), h5t.IEEE_F64LE, chunks=(3, 2), change=early)
        # Pages of an array of chunks, most of them never written.
        for kind, most, gzip_level in (("fixed", None, None), ("grows", (None, 1), None), ("fixed-gzip", None, 4),
                                       ("grows-gzip", (None, 1), 4), ("both", (None, None), None)):
            group = form.entry(f"sparse-{kind}", 2200)
            dataset = group.create_dataset("features", (2200, 1), "i2", chunks=(1, 1), maxshape=most, fillvalue=-7,
                                           compression=gzip_level and "gzip", compression_opts=gzip_level)
            for row in (0, 3, 4, 35, 36, 100, 1023, 1024, 1030, 2199):
                dataset[row] = row
        group = form.entry("far", 72_000)
        dataset = group.create_dataset("features", (72_000, 1), "i2", chunks=(1, 1), maxshape=(None, 1), fillvalue=5)
        for row in (0, 68_000, 70_000, 71_025, 71_999):
            dataset[row] = row % 1000
        form.close()


def fills():
    form = Form("fills.csd", libver="latest")
    kinds = {"default": {}, "own": {"fillvalue": 2.5}}
    for kind, options in kinds.items():
        for dtype in ("f4", ">f8", "i2"):
            group = form.entry(f"contiguous-{kind}-{dtype.strip('>')}", 4)
            group.create_dataset("features", (4, 3), dtype, **options)
            group = form.entry(f"chunked-{kind}-{dtype.strip('>')}", 4)
            group.create_dataset("features", (4, 3), dtype, chunks=(2, 2), compression="gzip", **options)
            group = form.entry(f"partly-{kind}-{dtype.strip('>')}", 4)
            group.create_dataset("features", (4, 3), dtype, chunks=(2, 2), **options)[2:, 2] = 9

    def undefined(dcpl):
        dcpl.set_fill_time(h5d.FILL_TIME_NEVER)

    form.add_low("never-filled", (4, 3), h5t.IEEE_F32LE, chunks=(2, 2), change=undefined)

    def early(dcpl):
        dcpl.set_alloc_time(h5d.ALLOC_TIME_EARLY)
        dcpl.set_fill_value(np.array(-1.25, "f4"))

    form.add_low("early", (4, 3), h5t.IEEE_F32LE, chunks=(2, 2), change=early)
    form.add_low("early-contiguous", (4, 3), h5t.IEEE_F32LE, change=early)

    def inside(dcpl):
        dcpl.set_layout(h5d.COMPACT)

    dataset = form.add_low("compact", (4, 3), h5t.IEEE_F64BE, change=inside)
    dataset.write(h5s.ALL, h5s.ALL, np.arange(12.0).reshape(4, 3))
    form.add_low("compact-unwritten", (4, 3), h5t.IEEE_F64BE, change=inside)
    form.add("no-rows", np.zeros((0, 3), "f4"))
    form.add("no-rows-chunked", np.zeros((0, 3), "f4"), maxshape=(None, 3), chunks=(2, 3))
    form.close()


def links():
    for name, options in {"links.csd": {}, "links-latest.csd": {"libver": "latest"},
                          "links-ordered.csd": {"libver": "latest", "track_order": True}}.items():
        form = Form(name, **options)
        table = np.arange(6.0).reshape(3, 2)
        form.add("plain", table)
        kept = form.file.create_group("keep/deep/v")
        kept["features"], kept["intervals"] = table + 1, intervals(3)
        form.data["soft"] = h5py.SoftLink("/keep/deep/v")
        form.data["soft-relative"] = h5py.SoftLink("plain")
        form.data["soft-dotted"] = h5py.SoftLink("./plain/.")
        form.data["soft-chain"] = h5py.SoftLink("soft")
        form.file["door"] = h5py.SoftLink("/keep")
        form.data["soft-through"] = h5py.SoftLink("/door/deep//v/")
        form.data["hard"] = form.data["plain"]
        form.data["dangling"] = h5py.SoftLink("/nowhere/v")
        form.data["circle"] = h5py.SoftLink("/root/data/circle2")
        form.data["circle2"] = h5py.SoftLink("/root/data/circle")
        form.data["external"] = h5py.ExternalLink("other.h5", "/keep/v")
        form.data["external-absolute"] = h5py.ExternalLink("/dev/zero", "/x")
        form.data["to-dataset"] = h5py.SoftLink("/keep/deep/v/features")
        group = form.data.create_group("features-soft")
        group["features"], group["intervals"] = h5py.SoftLink("/keep/deep/v/features"), h5py.SoftLink("../plain/intervals")
        form.refuse("features-soft", "soft link to '../plain/intervals', which does not exist")
        group = form.data.create_group("features-soft-here")
        group["features"], group["intervals"] = h5py.SoftLink("/keep/deep/v/features"), intervals(3)
        group = form.data.create_group("features-external")
        group["features"], group["intervals"] = h5py.ExternalLink("other.h5", "/f"), intervals(3)
        form.file["elsewhere"] = h5py.ExternalLink("other.h5", "/")
        form.file["gone"] = h5py.SoftLink("/nowhere")
        form.file["itself"] = form.file["/"]
        form.refuse("dangling", "is a soft link to '/nowhere/v', which does not exist")
        form.refuse("circle", "is a circular soft link")
        form.refuse("circle2", "is a circular soft link")
        form.refuse("external", "is an external link to '/keep/v' in the file 'other.h5'; other files are never opened")
        form.refuse("external-absolute", "is an external link to '/x' in the file '/dev/zero'")
        form.refuse("to-dataset", "is not a group of features and intervals")
        form.refuse("features-external", "has features, which is an external link to '/f' in the file 'other.h5'")
        form.close()


def forms():
    """The same content in files of other forms."""
    table = np.arange(12.0).reshape(4, 3)
    creation = {
        "v108.csd": {"libver": ("v108", "v108")},
        "ordered.csd": {"track_order": True},
        "block.csd": {"userblock_size": 1024},
        "block-latest.csd": {"userblock_size": 2048, "libver": "latest"},
        "pages.csd": {"libver": "latest", "fs_strategy": "page", "fs_persist": True},
    }
    for name, options in creation.items():
        form = Form(name, **options)
        # h5py sorts names that the file does not order.
        for video in ("v2", "v10", "v1"):
            form.add(video, table, chunks=(2, 2), compression="gzip")
        for i in range(40):
            form.data["v1"].attrs[f"attribute {i}"] = "x" * 50
        form.close()
    creation = h5p.create(h5p.FILE_CREATE)
    creation.set_sizes(4, 4)
    h5py.h5f.create(str(OUT / "small.csd").encode(), h5py.h5f.ACC_TRUNC, fcpl=creation).close()
    form = Form.__new__(Form)
    form.name, form.packed, form.refused, form.damaged, form.path = "small.csd", False, {}, {}, OUT / "small.csd"
    form.file = h5py.File(form.path, "a")
    form.data = form.file.create_group("root/data")
    form.add("plain", table)
    form.add("gzip", table, chunks=(2, 2), compression="gzip", maxshape=(None, 3))
    form.add_low("unwritten", (4, 3), h5t.IEEE_F64BE)
    form.data["soft"] = h5py.SoftLink("plain")
    form.close()


def dense():
    """More names than the first blocks of a group's heap hold."""
    for name, count, length in (("dense.csd", 60, 10), ("dense-deep.csd", 2300, 280)):
        form = Form(name, packed=True, libver="latest")
        group = form.add("v", np.array([[1.0, 2.0]])).parent
        for i in range(count):
            form.data[f"v{i:05d}-{'x' * length}"] = group
        form.close(only=["v", f"v00000-{'x' * length}", f"v{count - 1:05d}-{'x' * length}"])


def refused():
    form = Form("refused.csd", libver="latest")
    layout = h5py.VirtualLayout((3, 2), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "x", (3, 2))
    form.entry("virtual", 3).create_virtual_dataset("features", layout)
    form.refuse("virtual", "has features in an unsupported format: virtual dataset, whose numbers are in other datasets")
    group = form.entry("outside", 3)
    group.create_dataset("features", (3, 2), "f4", external=[("/dev/zero", 0, h5py.h5f.UNLIMITED)])
    form.refuse("outside", "has features in an unsupported format: external storage")
    form.add("compound", np.zeros((3, 2), [("a", "f4"), ("b", "i4")]))
    form.refuse("compound", "has features of type compound, expected numbers")
    form.add("complex", np.zeros((3, 2), "c8"))
    form.refuse("complex", "has features of type compound, expected numbers")
    form.add("bytes", np.full((3, 2), b"ab", "S2"))
    form.refuse("bytes", "has features of type string, expected numbers")
    form.add("text", np.full((3, 2), "ab", object), dtype=h5py.string_dtype())
    form.refuse("text", "has features of type string, expected numbers")
    form.entry("lists", 3).create_dataset("features", (3, 2), h5py.vlen_dtype("f4"))
    form.refuse("lists", "has features of type variable-length list, expected numbers")
    form.entry("arrays", 3).create_dataset("features", (3, 2), np.dtype(("f4", (2,))))
    form.refuse("arrays", "has features of type array, expected numbers")
    form.entry("references", 3).create_dataset("features", (3, 2), h5py.ref_dtype)
    form.refuse("references", "has features of type reference, expected numbers")
    form.add("opaque", np.full((3, 2), b"ab", "V2"))
    form.refuse("opaque", "has features of type opaque, expected numbers")
    form.entry("null", 3).create_dataset("features", data=h5py.Empty("f4"))
    form.refuse("null", "has features without a shape (a null dataspace), expected [n, d]")
    form.add("one-dimensional", np.arange(3.0))
    form.refuse("one-dimensional", "has features of shape [3], expected [n, d]; if it is one number for each of 3 intervals, store it as [3, 1]")
    form.add("three-dimensional", np.zeros((3, 2, 1)))
    form.refuse("three-dimensional", "has features of shape [3, 2, 1], expected [n, d]")
    form.entry("scalar", 3).create_dataset("features", data=1.0)
    form.refuse("scalar", "has features of shape [], expected [n, d]")
    form.entry("a-group", 3).create_group("features")
    form.refuse("a-group", "has no dataset 'features'")
    form.entry("a-type", 3)["features"] = np.dtype("f4")
    form.refuse("a-type", "has no dataset 'features'")
    form.entry("endless", 3).create_dataset("features", (2 ** 40, 74), "f4", chunks=(100, 74))
    form.refuse("endless", "claims features of shape [1099511627776, 74], which exceeds the file size of")
    form.entry("wide", 3).create_dataset("features", (2 ** 31, 2 ** 33), "f8", chunks=(100, 74))
    form.refuse("wide", "claims features of shape [2147483648, 8589934592], which exceeds the file size of")
    form.entry("large-chunks", 3).create_dataset("features", (3, 2), "f4", chunks=(2 ** 28, 2), maxshape=(None, 2), compression="gzip")
    form.refuse("large-chunks", "has features in an unsupported format: chunks of 268435456 x 2 elements exceed 268435456 bytes each")
    form.add("good", np.ones((3, 2)))
    form.close()


numbers()
damaged()
masks()
filters()
indexes()
fills()
links()
forms()
dense()
refused()
# One line per entry.
files = []
for name, entries in expected.items():
    lines = [f"{json.dumps(entry)}: {json.dumps(expectation)}" for entry, expectation in entries.items()]
    files.append(f"{json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n}")
(OUT / "expected.json").write_text("{\n" + ",\n".join(files) + "\n}\n")
