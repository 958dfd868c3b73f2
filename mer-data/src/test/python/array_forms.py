#!/usr/bin/env python3
"""Writes small array files of every form and what Python itself reads of them.

    python3 src/test/python/array_forms.py src/test/resources/arrays          # numpy 1.24 and torch 1.13
    python3 src/test/python/array_forms.py src/test/resources/arrays numpy2   # numpy 2.4: its pickles only

Needs numpy and, for the first, torch. The files are packed into arrays.zip or arrays-numpy2.zip. Each is read again by
Python, and every value of it is written to expected.json there: an array by its shape, type and the first digits of the
SHA-256 of its values as little-endian float32 in C order.
"""
import collections
import hashlib
import io
import json
import pickle
import struct
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

FOLDER = tempfile.TemporaryDirectory()
OUT = Path(FOLDER.name)
NUMPY2 = len(sys.argv) > 2
random = np.random.default_rng(20261129)
np.seterr(over="ignore", invalid="ignore")
expected = {}
NUMBERS = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]


def numbers(notation, shape):
    kind = np.dtype(notation)
    if kind.kind == "b":
        return random.integers(0, 2, shape).astype(kind)
    if kind.kind == "f":
        values = random.standard_normal(shape) * 10.0 ** random.integers(-4, 5, shape)
        values.flat[:4] = [0.0, -0.0, np.inf, -np.inf][: values.size]
        if kind.itemsize == 8:
            values.flat[4:7] = [1e300, -1e300, 1e-320]
        return values.astype(kind)
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    return random.integers(low, high, shape, dtype=kind.newbyteorder("="), endpoint=True).astype(kind)


def describe(value):
    if hasattr(value, "detach"):
        kind = str(value.dtype).replace("torch.", "")
        value = value.detach()
        return numeric(kind, (value.float() if kind == "bfloat16" else value).numpy())
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "US":
            texts = [text(item) for item in value.ravel("C")]
            return {"shape": list(value.shape), "texts": texts}
        if value.dtype.kind == "O":
            items = [describe(item) for item in value.ravel("C")]
            if value.ndim == 0:
                return items[0]
            if items and all("text" in item for item in items):
                return {"shape": list(value.shape), "texts": [item["text"] for item in items]}
            return {"list": items} if value.ndim == 1 else {"list": [describe(row) for row in value]}
        return numeric(value.dtype.newbyteorder("=").name, value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dict):
        return {"dict": {key if isinstance(key, str) else repr(key): describe(item) for key, item in value.items()}}
    if isinstance(value, list) and len(value) > 1 and all(type(item) in (int, float) for item in value):
        return {"numbers": [repr(float(item)) for item in value]}
    if isinstance(value, (list, tuple, set, frozenset)):
        return {"list": [describe(item) for item in value]}
    if isinstance(value, bool):
        return {"bool": value}
    if isinstance(value, (int, float)):
        return {"number": repr(float(value))}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": bytes(value).hex()}
    assert value is None, value
    return {"none": True}


def text(item):
    return item if isinstance(item, str) else item.decode("utf-8")


def numeric(kind, value):
    floats = np.ascontiguousarray(value.astype("<f4"))
    return {"shape": list(value.shape), "type": kind, "sha256": hashlib.sha256(floats.tobytes()).hexdigest()[:24]}


def save(name, content, read):
    (OUT / name).write_bytes(content)
    value = describe(read(OUT / name))
    # A file with the same content as an earlier one is expected to be read as that is.
    expected[name] = next((other for other in expected if expected[other] == value), value)


def unpickled(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def unpickled2(path):
    with open(path, "rb") as file:
        return pickle.load(file, encoding="latin1")


def objects(*items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def split(count):
    return {
        "raw_text": np.array([f"text {i} é漢😀 " + "x" * 40 * i for i in range(count)], dtype=object),
        "audio": numbers("f8", (count, 5, 3)),
        "vision": np.asfortranarray(numbers("f4", (count, 5, 2))),
        "text": numbers("f4", (count, 5, 7)),
        "text_bert": numbers("i8", (count, 3, 5)),
        "id": [f"vid{i}$_${i % 3}" for i in range(count)],
        "annotations": np.array(["Neutral", "Positive", "Negative"] * count)[:count],
        "classification_labels": numbers("f8", (count,)),
        "regression_labels": numbers("f8", (count,)),
        "audio_lengths": [int(i) for i in random.integers(1, 5, count)],
        "vision_lengths": numbers("i4", (count,)),
    }


def all_kinds():
    values = {"big": numbers("f8", (3, 12, 7)), "f-big": np.asfortranarray(numbers("f4", (3, 12, 7)))}
    for notation in NUMBERS:
        for order in "<>":
            values[order + notation] = numbers(order + notation, (3, 2, 2))
            values[order + notation + "-F"] = np.asfortranarray(numbers(order + notation, (2, 3, 2)))
        values[notation + "-scalar"] = numbers(notation, (4,))[3]
    values["strided"] = numbers("f8", (6, 4, 3))[::2, :, 1:]
    values["transposed"] = numbers("f4", (2, 3, 4)).transpose(1, 2, 0)
    values["empty"] = np.zeros((0, 50, 7))
    values["zero-width"] = np.zeros((3, 0))
    values["zero-rank"] = np.array(2.5)
    values["one"] = numbers("f8", (1, 1, 1))
    values["U"] = np.array([["é漢😀", ""], ["abc", "x y"]])
    values["U-F"] = np.asfortranarray(np.array([["é漢😀", "", "1"], ["abc", "x y", "2"]]))
    values[">U"] = np.array(["é漢😀", "abc"]).astype(">U5")
    values["S"] = np.array([b"abc", b"", "é".encode()])
    values["U-scalar"] = np.array(["é漢"])[0]
    values["objects"] = objects("a", None, 2, numbers("f4", (2, 3)))
    values["objects-2d"] = np.array([["a", "b", "c"], ["d", "e", "f"]], dtype=object)
    values["objects-F"] = np.asfortranarray(np.array([["a", 1, "c"], ["d", "e", None]], dtype=object))
    values["ragged"] = objects(numbers("f4", (2, 3)), numbers("f4", (5, 3)))
    values["object-dict"] = np.array({"a": 1, "b": [1.5, "x"]}, dtype=object)
    return values


def plain():
    shared = numbers("f4", (2, 3))
    return {
        "list": [1, -1, 255, 256, 65535, 65536, -(2**31), 2**31, 2**63 - 1, -(2**63), 2**70, 0],
        "floats": [0.5, -0.0, 1e300, float("inf"), float("-inf")],
        "tuple": (1, "a", None, True, False, (), (1,), (1, 2), (1, 2, 3, 4)),
        "nested": {"a": {"b": {"c": [[], {}, [[]]]}}, 7: "seven", (3, 7): [1.5], None: 1, ("a",): 2},
        "text": ["", "é", "漢😀", "line\nbreak\\ \0 \x1a", "x" * 255, "y" * 256, "é" * 300, "z" * 7000],
        "bytes": [b"", b"\x00\xff\n\\", bytes(range(256)) * 2],
        "bytearray": bytearray(b"ab\xff"),
        "ordered": collections.OrderedDict([("x", 1), ("a", 2)]),
        "default": collections.defaultdict(list, {"k": [1]}),
        "set": {"only"},
        "frozen": frozenset([3]),
        "many": {str(i): None for i in range(1100)},
        "long list": list(range(1100)),
        "shared": [shared, shared],
    }


def pickles():
    two = "-numpy2" if NUMPY2 else ""
    kinds = all_kinds()
    for protocol in range(6):
        save(f"kinds-{protocol}{two}.pkl", pickle.dumps(kinds, protocol), unpickled)
    if NUMPY2:
        return
    simple = plain()
    for protocol in range(6):
        save(f"plain-{protocol}.pkl", pickle.dumps(simple, protocol), unpickled)
    splits = {"train": split(6), "valid": split(2), "test": split(3)}
    for protocol in (2, 4):
        save(f"mmsa-{protocol}.pkl", pickle.dumps(splits, protocol), unpickled)
    # Python's own pickler, which memoizes otherwise and writes no frames at all in some versions.
    stream = io.BytesIO()
    pickle._Pickler(stream, 4).dump({"train": split(2)})
    save("python-4.pkl", stream.getvalue(), unpickled)
    save("several.pkl", pickle.dumps([1, 2], 2) + pickle.dumps({"a": numbers("f4", (2,))}, 4), unpickled)
    expected["several.pkl"] = {"list": [describe([1, 2]), describe(second())]}


def second():
    with open(OUT / "several.pkl", "rb") as file:
        pickle.load(file)
        return pickle.load(file)


def paths():
    """Pickles whose arrays are at known bytes, to be cut there: paths.json has file, byte and place."""
    parts = [random.standard_normal((2, 3)) for _ in range(14)]
    a = iter(parts)
    value = {
        "train": {"raw": ["a", "b"], "audio": next(a), "vision": next(a), "id": objects("x", next(a), None),
                  "one": {"only": next(a)}, "tuple": (next(a), {"k": next(a)})},
        "valid": {"audio": next(a), "text": next(a)},
        7: [{1038: [next(a), next(a)], 1039: [next(a)]}, {"x": {"y": next(a)}}],
        "many": {**{str(i): i for i in range(1500)}, "last": next(a)},
        "long": [*range(1001), next(a)],
    }
    # A tuple has no index: it is on the stack as its items.
    places = ["train/audio", "train/vision", "train/id/1", "train/one/only", "train/tuple", "train/tuple/k", "valid/audio",
              "valid/text", "7/0/1038/0", "7/0/1038/1", "7/0/1039/0", "7/1/x/y", "many/last", "long/1001"]
    found = []
    for protocol in (2, 4, 5):
        content = pickle.dumps(value, protocol)
        save(f"paths-{protocol}.pkl", content, unpickled)
        for part, place in zip(parts, places):
            raw = part.tobytes().decode("latin1").encode() if protocol == 2 else part.tobytes()
            assert content.count(raw) == 1
            found.append([f"paths-{protocol}.pkl", content.index(raw), place])
    (OUT / "paths.json").write_text(json.dumps(found), encoding="utf-8")


def python2():
    """What Python 2's cPickle writes: text is bytes, arrays are strings. Written by hand: there is no Python 2 here."""
    values = numbers("<f8", (2, 3))
    raw = values.tobytes()

    def array(payload, name=b"S'f8'\n"):
        return (
            b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I2\nI3\ntcnumpy\ndtype\n("
            + name + b"I0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\n" + payload + b"tb"
        )

    quoted = ("'" + "".join(f"\\x{byte:02x}" for byte in raw) + "'").encode()
    strings = b"S'caf\\xc3\\xa9'\nS'it\\'s'\nS\"don't\"\nL12345678901234567890123L\nF2.5\nI01\n"
    save("python2-0.pkl", b"(dS'a'\n" + array(b"S" + quoted + b"\n") + b"sS's'\n(" + strings + b"lsV\\u00e9\\u6f22\nNs.",
         unpickled_text)
    short = b"\x80\x02}(U\x01aU\x04caf\xe9U\x02idX\x02\x00\x00\x00\xc3\xa9U\x03arr" + array(
        b"T" + struct.pack("<i", len(raw)) + raw, b"U\x02f8") + b"u."
    save("python2-2.pkl", short, unpickled2)


def unpickled_text(path):
    """Text of Python 2 is UTF-8 here; its arrays need Latin-1."""
    value = unpickled2(path)
    value["s"] = [item.encode("latin1").decode() if isinstance(item, str) else item for item in value["s"]]
    return value


def npy(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npy_files():
    values = all_kinds()
    for name in ("big", "f-big", ">f8-F", "<i8", "<b1", "U", "S", "empty", "zero-rank", "objects", "object-dict"):
        file = name.replace("<", "l").replace(">", "b")
        save(f"{file}.npy", npy(values[name]), lambda path: np.load(path, allow_pickle=True))
    for version in ((1, 0), (2, 0), (3, 0)):
        stream = io.BytesIO()
        np.lib.format.write_array(stream, values["transposed"], version=version)
        save(f"version{version[0]}.npy", stream.getvalue(), np.load)
    save("python2.npy", header_of_python2(numbers("<f4", (3, 4))), lambda path: np.load(path))


def header_of_python2(array):
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L), }"
    header += b" " * (63 - (10 + len(header)) % 64 + 1 - 1) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + array.tobytes()


def npz_files():
    def read(path):
        with np.load(path, allow_pickle=True) as file:
            return {name: file[name] for name in file.files}

    kept = {f"k{i}": value for i, value in enumerate(all_kinds().values()) if isinstance(value, np.ndarray)}
    for name, write in (("stored", np.savez), ("deflated", np.savez_compressed)):
        stream = io.BytesIO()
        write(stream, **kept)
        save(f"{name}.npz", stream.getvalue(), read)


def safetensors():
    names = {"f2": "F16", "f4": "F32", "f8": "F64", "i1": "I8", "i2": "I16", "i4": "I32", "i8": "I64",
             "u1": "U8", "u2": "U16", "u4": "U32", "u8": "U64", "b1": "BOOL"}
    header, content, wanted = {"__metadata__": {"format": "np"}}, b"", {}

    def add(name, kind, shape, values):
        nonlocal content
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(content), len(content) + len(values)]}
        content += values

    for notation, name in names.items():
        array = numbers("<" + notation, (3, 2, 5))
        add("t/" + notation, name, [3, 2, 5], array.tobytes())
        wanted["t/" + notation] = describe(array)
    floats = numbers("f4", (4, 3)).view("u4") & 0xFFFF0000
    add("bf16", "BF16", [4, 3], (floats >> 16).astype("<u2").tobytes())
    wanted["bf16"] = numeric("bfloat16", floats.astype("u4").view("f4"))
    add("empty", "F32", [0, 3], b"")
    wanted["empty"] = describe(np.zeros((0, 3), "f4"))
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (OUT / "tensors.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + content)
    expected["tensors.safetensors"] = {"dict": wanted}


def torch_files():
    import torch

    def saved(value, **options):
        stream = io.BytesIO()
        torch.save(value, stream, **options)
        return stream.getvalue()

    base = torch.from_numpy(numbers("f4", (6, 5, 4)))
    kinds = [torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.int8, torch.int16, torch.int32,
             torch.int64, torch.uint8, torch.bool]
    tensors = {str(kind): (torch.from_numpy(numbers("f4", (3, 4)).clip(-9, 9)) * 5).to(kind) for kind in kinds}
    tensors.update({
        "base": base,
        "view": base[2:, :, 1:3],
        "transposed": base.transpose(0, 2),
        "permuted": base.permute(1, 2, 0)[1:],
        "row": base[3],
        "every second": base[::2, ::2],
        "expanded": torch.tensor([1.5, 2.5]).expand(3, 2),
        "scalar": torch.tensor(7.25),
        "empty": torch.zeros(0, 3),
        "parameter": torch.nn.Parameter(torch.from_numpy(numbers("f4", (2, 2)))),
    })
    save("tensors.pt", saved(tensors), torch.load)
    carat = {name: {"src-visual": base[:2], "src-audio": numbers("f8", (2, 5, 3)), "src-text": [base[0], base[1]],
                    "tgt": [[1, 0], [0, 1]], "id": ["a", "b"]} for name in ("train", "valid", "test")}
    save("carat.pt", saved(carat), torch.load)
    save("carat-4.pt", saved(carat, pickle_protocol=4), torch.load)
    save("linear.pt", saved(torch.nn.Linear(3, 2).state_dict()), torch.load)
    big_endian(saved(torch.from_numpy(numbers("f4", (2, 3)))))
    save("legacy.pt", saved({"a": base[:1]}, _use_new_zipfile_serialization=False), torch.load)
    save("legacy-tensors.pt", saved(tensors, _use_new_zipfile_serialization=False), torch.load)
    save("legacy-4.pt", saved(carat, pickle_protocol=4, _use_new_zipfile_serialization=False), torch.load)
    # A storage in a plain pickle is the bytes of a file of the format before torch 1.6.
    for protocol in (0, 2, 4, 5):
        save(f"dumped-{protocol}.pkl", pickle.dumps(tensors, protocol), unpickled)
    save("tensors.npy", npy(objects(base[0], base[1], None)), lambda path: np.load(path, allow_pickle=True))


def big_endian(content):
    """The same tensor as a machine with the other order of bytes writes it."""
    import torch

    tensor = torch.load(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            record = source.read(name)
            folder = name.split("/")[0]
            if name == folder + "/data/0":
                record = np.frombuffer(record, "<f4").astype(">f4").tobytes()
            if not name.endswith("/byteorder"):
                target.writestr(name, record)
        target.writestr(folder + "/byteorder", "big")
    (OUT / "big-endian.pt").write_bytes(stream.getvalue())
    expected["big-endian.pt"] = describe(tensor)


pickles()
if not NUMPY2:
    python2()
    npy_files()
    npz_files()
    safetensors()
    torch_files()
    paths()

(OUT / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")
Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
packed = Path(sys.argv[1]) / ("arrays-numpy2.zip" if NUMPY2 else "arrays.zip")
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(OUT.iterdir()):
        archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
