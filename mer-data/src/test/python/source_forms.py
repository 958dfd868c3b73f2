"""Writes one synthetic data set in every form that is read, the same at every run, into a zip archive.

    python3 src/test/python/source_forms.py src/test/resources/sources/forms.zip

Needs numpy. Nine segments of four videos, text [T, 3], audio [T, 2] and visual [T, 4], some of them absent.
"""

import io
import os
import pickle
import struct
import sys
import types
import zipfile

import numpy as np

SPLITS = {"train": [("a", 3), ("b", 2)], "valid": [("c", 2)], "test": [("d", 2)]}
WIDTHS = {"text": 3, "audio": 2, "visual": 4}
EMOTIONS = ["happy", "sad", "anger", "surprise", "disgust", "fear"]
STEPS = 5


def segments():
    """Yields split, video, index and what the segment has."""
    draws = np.random.default_rng(7)
    for split, videos in SPLITS.items():
        for video, count in videos:
            for index in range(count):
                rows = {}
                for modality, width in WIDTHS.items():
                    steps = int(draws.integers(1, STEPS + 1))
                    rows[modality] = draws.normal(size=(steps, width)).astype(np.float32)
                if (video, index) == ("b", 1):
                    del rows["audio"]
                label = np.append(draws.integers(-9, 10) / 3, draws.integers(0, 4, 6)).astype(np.float32)
                yield split, video, index, rows, label


def padded(parts, modality, dtype=np.float32):
    array = np.zeros((len(parts), STEPS, WIDTHS[modality]), dtype)
    for i, (_, _, _, rows, _) in enumerate(parts):
        if modality in rows:
            array[i, : len(rows[modality])] = rows[modality]
    return array


def lengths(parts, modality):
    return [len(p[3].get(modality, [])) for p in parts]


def name(part):
    return f"{part[1]}$_${part[2]}"


def mmsa(all_parts, dtype):
    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        bert = np.zeros((len(parts), 3, STEPS), np.float32)
        for i, length in enumerate(lengths(parts, "text")):
            bert[i, 1, :length] = 1
        data[split] = {
            "raw_text": np.array(["words"] * len(parts), dtype=object),
            "audio": padded(parts, "audio", dtype),
            "vision": padded(parts, "visual", dtype),
            "text": padded(parts, "text"),
            "text_bert": bert,
            "id": [name(p) for p in parts],
            "audio_lengths": lengths(parts, "audio"),
            "vision_lengths": lengths(parts, "visual"),
            "annotations": ["Neutral"] * len(parts),
            "classification_labels": np.zeros(len(parts), np.float32),
            "regression_labels": np.array([p[4][0] for p in parts], np.float32),
        }
    return data


def multibench(all_parts):
    """Without lengths: the padding is rows of zeros."""
    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        data[split] = {
            "vision": padded(parts, "visual"),
            "audio": padded(parts, "audio", np.float64),
            "text": padded(parts, "text"),
            "labels": np.array([p[4] for p in parts], np.float32)[:, None, :],
            "id": np.array([[f"{p[1]}", str(10.0 * p[2]), str(10.0 * p[2] + 9)] for p in parts]),
        }
    return data


def segments_csv(all_parts):
    lines = ["id,video,start,end,split,sentiment," + ",".join(EMOTIONS)]
    for part in all_parts:
        split, video, index, _, label = part
        scores = ",".join(repr(float(x)) for x in label)
        lines.append(f"{video}[{index}],{video},{10 * index},{10 * index + 9},{split},{scores}")
    return "\n".join(lines) + "\n"


def safetensors(arrays):
    header, data = [], b""
    for key, array in arrays.items():
        raw = np.ascontiguousarray(array).tobytes()
        kind = {"float32": "F32", "int64": "I64"}[str(array.dtype)]
        header.append(f'"{key}":{{"dtype":"{kind}","shape":{list(array.shape)},"data_offsets":[{len(data)},{len(data) + len(raw)}]}}')
        data += raw
    text = ("{" + ",".join(header) + "}").encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def npz(arrays):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array)
            archive.writestr(zipfile.ZipInfo(key + ".npy", (1980, 1, 1, 0, 0, 0)), member.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def npy(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, array)
    return out.getvalue()



def torch_archive(all_parts):
    """What torch.save writes, made without torch: a zip of a pickle and of raw storages."""
    storages = []

    class Pickler(pickle._Pickler):
        def persistent_id(self, obj):
            if isinstance(obj, Storage):
                return ("storage", FloatStorage, obj.key, "cpu", obj.count)
            return None

        def save_global(self, obj, name=None):
            if obj is rebuild:
                self.write(pickle.GLOBAL + b"torch._utils\n_rebuild_tensor_v2\n")
                self.memoize(obj)
            elif obj is FloatStorage:
                self.write(pickle.GLOBAL + b"torch\nFloatStorage\n")
                self.memoize(obj)
            else:
                super().save_global(obj, name)

        dispatch = dict(pickle._Pickler.dispatch)
        dispatch[type] = dispatch[types.FunctionType] = save_global

    def tensor(array):
        storages.append(np.ascontiguousarray(array, np.float32).tobytes())
        return Tensor(Storage(str(len(storages) - 1), array.size), array.shape)

    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        data[split] = {
            "src-visual": tensor(padded(parts, "visual")),
            "src-audio": tensor(padded(parts, "audio")),
            "src-text": tensor(padded(parts, "text")),
            "tgt": [[2] + [4 + e for e in range(6) if p[4][1 + e] > 0] + [3] for p in parts],
        }
    out = io.BytesIO()
    pickler = Pickler(out, 2)
    pickler.dump(data)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        def add(member, content):
            members.writestr(zipfile.ZipInfo("archive/" + member, (1980, 1, 1, 0, 0, 0)), content)
        add("data.pkl", out.getvalue())
        add("byteorder", b"little")
        for i, raw in enumerate(storages):
            add(f"data/{i}", raw)
        add("version", b"3\n")
    return archive.getvalue()


class Storage:
    def __init__(self, key, count):
        self.key, self.count = key, count


class FloatStorage:
    pass


def rebuild(*args):
    raise NotImplementedError


class Tensor:
    def __init__(self, storage, shape):
        self.storage, self.shape = storage, tuple(shape)

    def __reduce__(self):
        strides, step = [], 1
        for extent in reversed(self.shape):
            strides.insert(0, step)
            step *= extent
        return (rebuild, (self.storage, 0, self.shape, tuple(strides), False, {}))


def write(archive, path, content):
    archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def timed(all_parts, modality, video, write_rows):
    """The rows of a video, evenly within each of its segments; one outside of them all."""
    times, rows = [], []
    for part in all_parts:
        if part[1] == video and modality in part[3]:
            found = part[3][modality]
            times += [10 * part[2] + 0.5 + t for t in range(len(found))]
            rows += list(found)
    times.append(1000.0)
    rows.append(np.ones(WIDTHS[modality], np.float32))
    return write_rows(times, rows)


def openface(times, rows):
    width = len(rows[0])
    lines = ["frame, face_id, timestamp, confidence, success, " + ", ".join(f"AU{c:02d}_r" for c in range(width))]
    for i, (time, row) in enumerate(zip(times, rows)):
        lines.append(f"{2 * i + 1}, 0, {time}, 0.98, 1, " + ", ".join(repr(float(x)) for x in row))
        lines.append(f"{2 * i + 2}, 0, {time + 0.25}, 0.1, 0, " + ", ".join("0" for _ in row))
    return "\n".join(lines) + "\n"


def opensmile(times, rows):
    lines = ["name;frameTime;" + ";".join(f"mfcc[{c}]" for c in range(len(rows[0])))]
    lines += [f"'unknown';{t};" + ";".join(repr(float(x)) for x in row) for t, row in zip(times, rows)]
    return "\n".join(lines) + "\n"


def arff(times, rows):
    lines = ["@relation openSMILE_features", "", "@attribute name string", "@attribute frameTime numeric"]
    lines += [f"@attribute text[{c}] numeric" for c in range(len(rows[0]))] + ["@attribute class numeric", "", "@data", ""]
    lines += [f"'unknown',{t}," + ",".join(repr(float(x)) for x in row) + ",?" for t, row in zip(times, rows)]
    return "\n".join(lines) + "\n"


def main(archive):
    parts = list(segments())
    write(archive, "mmsa.pkl", pickle.dumps(mmsa(parts, np.float64), protocol=4))
    write(archive, "multibench.pkl", pickle.dumps(multibench(parts), protocol=2))
    write(archive, "carat.pt", torch_archive(parts))
    table = segments_csv(parts)
    for form in ("npy", "npz", "safetensors", "single", "tables"):
        write(archive, f"{form}/segments.csv", table)
    for modality in WIDTHS:
        array, length = padded(parts, modality), np.array(lengths(parts, modality))
        write(archive, f"npy/{modality}.npy", npy(array))
        write(archive, f"npy/{modality}_lengths.npy", npy(length))
        write(archive, f"npz/{modality}.npz", npz({"features": array, "lengths": length}))
        write(archive, f"safetensors/{modality}.safetensors", safetensors({modality: array, "lengths": length}))
        for part in parts:
            if modality in part[3]:
                write(archive, f"single/{modality}/{part[1]}[{part[2]}].npy", npy(part[3][modality]))
    for video in "abcd":
        write(archive, f"tables/visual/{video}.csv", timed(parts, "visual", video, openface))
        write(archive, f"tables/audio/{video}.csv", timed(parts, "audio", video, opensmile))
        write(archive, f"tables/text/{video}.arff", timed(parts, "text", video, arff))


if __name__ == "__main__":
    os.makedirs(os.path.dirname(os.path.abspath(sys.argv[1])), exist_ok=True)
    with zipfile.ZipFile(sys.argv[1], "w") as forms:
        main(forms)
