"""Writes one synthetic data set in every form that is read, the same at every run, into a zip archive.

    python3 src/test/python/source_forms.py src/test/resources/sources/forms.zip

Needs numpy. Nine segments of four videos, text [T, 3], audio [T, 2] and visual [T, 4], some of them absent.
"""

import argparse
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
            np.lib.format.write_array(member, array, allow_pickle=True)
            archive.writestr(zipfile.ZipInfo(key + ".npy", (1980, 1, 1, 0, 0, 0)), member.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def npy(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, array)
    return out.getvalue()



def torch_archive(all_parts, targets=None):
    """What torch.save writes, made without torch: a zip of a pickle and of raw storages.

    With targets, the numbers of the labels by name, the file has TAILOR's keys dict and settings too.
    """
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

    numbers = [4 + e if targets is None else targets[EMOTIONS[e].capitalize()] for e in range(6)]
    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        data[split] = {
            "src-visual": tensor(padded(parts, "visual")),
            "src-audio": tensor(padded(parts, "audio")),
            "src-text": tensor(padded(parts, "text")),
            "tgt": [[2] + [numbers[e] for e in range(6) if p[4][1 + e] > 0] + [3] for p in parts],
        }
    if targets is not None:
        marks = {"<blank>": 0, "<unk>": 1, "<s>": 2, "</s>": 3}
        data["dict"] = {"src": {}, "tgt": {**marks, **targets}}
        data["settings"] = argparse.Namespace(max_token_seq_len_e=STEPS)
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


def mult_iemocap(all_parts):
    """Four emotions as pairs (absent, present), and no ids."""
    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        present = np.array([[p[4][1 + e] > 0 for e in range(4)] for p in parts], np.float64)
        data[split] = {
            "vision": padded(parts, "visual", np.float64),
            "audio": padded(parts, "audio", np.float64),
            "text": padded(parts, "text", np.float64),
            "labels": np.stack([1 - present, present], axis=2),
        }
    return data


def dialogues(all_parts, number=False):
    """Returns the parts of each dialogue, which has an integer for a name in MELD's files."""
    names = {video: i + 1038 if number else f"Ses0{i + 1}F_impro0{i + 1}" for i, video in enumerate("abcd")}
    return {names[video]: [p for p in all_parts if p[1] == video] for video in "abcd"}


def vectors(parts, modality, convert):
    """The first row of each utterance; zeros where a modality is absent, as MELD's files have it."""
    zeros = np.zeros((1, WIDTHS[modality]), np.float32)
    return convert([p[3].get(modality, zeros)[0] for p in parts])


def meld(all_parts):
    """MELD_features_raw1.pkl: ten items, the last of which is the sentiment."""
    own = dialogues(all_parts, number=True)
    labels, sentiments, at = {}, {}, 0
    for name, parts in own.items():
        labels[name] = [(at + i) % 7 for i in range(len(parts))]
        sentiments[name] = [(at + i) % 3 for i in range(len(parts))]
        at += len(parts)
    keys = list(own)
    return [
        {k: list(range(len(p))) for k, p in own.items()},
        {k: [np.eye(9, dtype=np.int64)[i] for i in range(len(p))] for k, p in own.items()},
        labels,
        {k: vectors(p, "text", list) for k, p in own.items()},
        {k: vectors(p, "audio", np.array) for k, p in own.items()},
        {k: [v.tolist() for v in vectors(p, "visual", list)] for k, p in own.items()},
        {k: ["words"] * len(p) for k, p in own.items()},
        set(keys[:3]),
        set(keys[3:]),
        sentiments,
    ]


def iemocap(all_parts):
    """IEMOCAP_features.pkl: nine items."""
    own = dialogues(all_parts)
    keys = list(own)
    return (
        {k: [f"{k}_F{i:03d}" for i in range(len(p))] for k, p in own.items()},
        {k: ["F" if i % 2 else "M" for i in range(len(p))] for k, p in own.items()},
        {k: [np.int64(5 - (n + i) % 6) for i in range(len(p))] for n, (k, p) in enumerate(own.items())},
        {k: vectors(p, "text", list) for k, p in own.items()},
        {k: vectors(p, "audio", list) for k, p in own.items()},
        {k: vectors(p, "visual", list) for k, p in own.items()},
        {k: ["words"] * len(p) for k, p in own.items()},
        keys[:3],
        keys[3:],
    )


def cosmic(all_parts):
    """iemocap_features_roberta.pkl: four layers of RoBERTa, and three lists."""
    numbers = {(p[1], p[2]): i for i, p in enumerate(all_parts)}
    own = dialogues(all_parts)
    keys = list(own)
    layers = [{k: [(v + n).tolist() for v in vectors(p, "text", list)] for k, p in own.items()} for n in range(4)]
    labels = {k: [numbers[part[1], part[2]] % 6 for part in p] for k, p in own.items()}
    speakers = {k: ["F" if i % 2 else "M" for i in range(len(p))] for k, p in own.items()}
    sentences = {k: ["words"] * len(p) for k, p in own.items()}
    return [speakers, labels, *layers, sentences, keys[:2], keys[3:], keys[2:3]]


def mertools(archive, all_parts):
    """MERTools: dicts of labels by name in .npz, and one .npy for each sample and feature."""
    emotions = ["neutral", "angry", "happy", "sad", "worried", "surprise"]
    corpora = {"train_corpus": {}, "test1_corpus": {}, "test2_corpus": {}}
    for i, part in enumerate(all_parts):
        corpus = "test2_corpus" if part[1] == "d" and part[2] else "test1_corpus" if part[1] == "d" else "train_corpus"
        name = f"sample_{i:05d}"
        corpora[corpus][name] = {"emo": emotions[i % 6], "val": "" if i % 2 else float(part[4][0])}
        for modality, folder in (("text", "bert-UTT"), ("audio", "wav2vec-FRA"), ("visual", "manet-FRA")):
            if modality in part[3]:
                rows = part[3][modality]
                array = rows[0] if modality == "text" else rows[None] if modality == "visual" else rows
                write(archive, f"mertools/features/{folder}/{name}.npy", npy(array))
    objects = {}
    for corpus, labels in corpora.items():
        array = np.empty((), object)
        array[()] = labels
        objects[corpus] = array
    write(archive, "mertools/label-6way.npz", npz(objects))


def functionals(archive, all_parts, table):
    """One table for each segment: one row of openSMILE in ARFF and CSV, and all rows of OpenFace."""
    write(archive, "functionals/segments.csv", table)
    for part in all_parts:
        name = f"{part[1]}[{part[2]}]"
        for modality, rows in part[3].items():
            ending, text = "csv", openface([0.1 * t for t in range(len(rows))], rows)
            if modality == "text":
                text = f"name;frameTime;{';'.join('abc')}\n'unknown';0.0;{';'.join(repr(float(x)) for x in rows[0])}\n"
            elif modality == "audio":
                ending = "arff"
                text = "@relation openSMILE_features\n\n@attribute name string\n@attribute 'a 0' numeric\n"
                text += "@attribute a1 numeric\n@attribute class numeric\n\n@data\n\n"
                text += "'unknown'," + ",".join(repr(float(x)) for x in rows[0]) + ",?\n"
            write(archive, f"functionals/{modality}/{name}.{ending}", text)


def labels(archive):
    """Pickles of other labels, which must not be read as those of CMU-MOSEI."""
    found = {
        "class-numbers": np.array([0, 1, 2, 0, 1, 2, 1, 2, 0]),
        "whole-floats": np.array([0, 1, 2, 0, 1, 2, 1, 2, 0], np.float32)[:, None, None],
        "one-hot": np.eye(6, dtype=np.float32)[[0, 1, 2, 3, 4, 5, 0, 1, 2]],
        "one-hot-seven": np.eye(7, dtype=np.float32)[[0, 1, 2, 3, 4, 5, 6, 1, 2]],
        "percent": np.linspace(-100, 100, 9),
        "four-columns": np.tile(np.array([0.5, 0.0, 1.0, 0.0]), (9, 1)),
        "five-pairs": np.tile(np.array([1.0, 0.0]), (9, 5, 1)),
        "texts": ["joy", "anger", "joy"] * 3,
        "two-numbers": [0, 1],
        "sentiments": [-1.5, 0.0, 2.0, 1.0, 0.0, 3.0, -3.0, 0.5, 1.0],
    }
    text = np.ones((9, 2, 3), np.float32)
    for name, values in found.items():
        write(archive, f"labels/{name}.pkl", pickle.dumps({"text": text, "labels": values}, protocol=4))
    own = dialogues(list(segments()))
    unknown = [{k: ["A"] * len(p) for k, p in own.items()}, {k: [8] * len(p) for k, p in own.items()}]
    unknown.append({k: vectors(p, "text", np.array) for k, p in own.items()})
    write(archive, "labels/dialogues.pkl", pickle.dumps(unknown, protocol=4))
    text_ids = meld(list(segments()))
    text_ids[0] = {k: [f"dia{k}_utt{i}" for i in ids] for k, ids in text_ids[0].items()}
    write(archive, "labels/meld-text-ids.pkl", pickle.dumps(text_ids, protocol=4))
    short = [unknown[0], {k: [5] * len(p) for k, p in own.items()}, {k: v[:1] for k, v in unknown[2].items()}]
    write(archive, "labels/short-dialogues.pkl", pickle.dumps(short, protocol=4))


def main(archive):
    parts = list(segments())
    write(archive, "mmsa.pkl", pickle.dumps(mmsa(parts, np.float64), protocol=4))
    write(archive, "multibench.pkl", pickle.dumps(multibench(parts), protocol=2))
    write(archive, "carat.pt", torch_archive(parts))
    targets = {name.capitalize(): 9 - i for i, name in enumerate(EMOTIONS)}
    write(archive, "tailor.pt", torch_archive(parts, targets))
    write(archive, "mult-iemocap.pkl", pickle.dumps(mult_iemocap(parts), protocol=2))
    write(archive, "meld.pkl", pickle.dumps(meld(parts), protocol=4))
    write(archive, "iemocap.pkl", pickle.dumps(iemocap(parts), protocol=2))
    write(archive, "cosmic.pkl", pickle.dumps(cosmic(parts), protocol=4))
    mertools(archive, parts)
    labels(archive)
    table = segments_csv(parts)
    functionals(archive, parts, table)
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
