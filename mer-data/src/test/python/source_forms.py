"""Writes one synthetic data set in every form that is read into a zip archive.

    python3 src/test/python/source_forms.py src/test/resources/sources/forms.zip

Needs numpy and h5py. The files are the same at every run: pickles have the names and protocols of numpy 1 whatever
numpy writes them. The compressed bytes of the archive and of .npz files depend on zlib. Nine segments of four videos, text [T, 3], audio [T, 2] and visual [T, 4], some of them absent.
"""

import argparse
import io
import os
import pickle
import struct
import sys
import types
import zipfile

import h5py
import numpy as np

# numpy 2 names its functions numpy._core.…; both names are read, and arrays-numpy2.zip has the other one.
np.core.multiarray._reconstruct.__module__ = "numpy.core.multiarray"
np.core.multiarray.scalar.__module__ = "numpy.core.multiarray"

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
            if array.dtype.hasobject:
                # numpy 1 and 2 pickle with different protocols.
                np.lib.format.write_array_header_1_0(member, np.lib.format.header_data_from_array_1_0(array))
                member.write(pickle.dumps(array, protocol=3))
            else:
                np.lib.format.write_array(member, array)
            archive.writestr(zipfile.ZipInfo(key + ".npy", (1980, 1, 1, 0, 0, 0)), member.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def npy(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, array)
    return out.getvalue()



def torch_pickle(storages, obj, nested=False, views=()):
    """A pickle of an object with tensors, made without torch, whose storages are appended to a list.

    Nested storages are in the pickle: each is the bytes of a file of the format before torch 1.6, whose ids of storages
    have a sixth item for views.
    """

    class Pickler(pickle._Pickler):
        def persistent_id(self, obj):
            if isinstance(obj, Storage) and not nested:
                storages.append(obj.raw)
                return ("storage", FloatStorage, str(len(storages) - 1), "cpu", len(obj.raw) // 4, *views)
            return None

        def save_global(self, obj, name=None):
            names = {rebuild: b"torch._utils\n_rebuild_tensor_v2\n", FloatStorage: b"torch\nFloatStorage\n",
                     load: b"torch.storage\n_load_from_bytes\n"}
            if obj in names:
                self.write(pickle.GLOBAL + names[obj])
                self.memoize(obj)
            else:
                super().save_global(obj, name)

        dispatch = dict(pickle._Pickler.dispatch)
        dispatch[type] = dispatch[types.FunctionType] = save_global

    out = io.BytesIO()
    Pickler(out, 2).dump(obj)
    return out.getvalue()


def torch_archive(obj):
    """What torch.save writes: a zip archive of a pickle and of raw storages."""
    storages = []
    pickled = torch_pickle(storages, obj)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        def add(member, content):
            members.writestr(zipfile.ZipInfo("archive/" + member, (1980, 1, 1, 0, 0, 0)), content)
        add("data.pkl", pickled)
        add("byteorder", b"little")
        for i, raw in enumerate(storages):
            add(f"data/{i}", raw)
        add("version", b"3\n")
    return archive.getvalue()


def torch_legacy(obj):
    """What torch.save wrote before torch 1.6: pickles, and the storages after their counts."""
    storages = []
    pickled = torch_pickle(storages, obj, views=(None,))
    types_of_numbers = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    parts = [pickle.dumps(part, protocol=2) for part in (0x1950A86A20F9469CFC6C, 1001, types_of_numbers)]
    parts += [pickled, pickle.dumps([str(i) for i in range(len(storages))], protocol=2)]
    return b"".join(parts + [struct.pack("<q", len(raw) // 4) + raw for raw in storages])


def carat(all_parts, targets=None):
    """With targets, the numbers of the labels by name, the file has TAILOR's keys dict and settings too."""
    numbers = [4 + e if targets is None else targets[EMOTIONS[e].capitalize()] for e in range(6)]
    data = {}
    for split in SPLITS:
        parts = [p for p in all_parts if p[0] == split]
        data[split] = {
            "src-visual": Tensor(padded(parts, "visual")),
            "src-audio": Tensor(padded(parts, "audio")),
            "src-text": Tensor(padded(parts, "text")),
            "tgt": [[2] + [numbers[e] for e in range(6) if p[4][1 + e] > 0] + [3] for p in parts],
        }
    if targets is not None:
        marks = {"<blank>": 0, "<unk>": 1, "<s>": 2, "</s>": 3}
        data["dict"] = {"src": {}, "tgt": {**marks, **targets}}
        data["settings"] = argparse.Namespace(max_token_seq_len_e=STEPS)
    return data


class Storage:
    def __init__(self, raw):
        self.raw = raw

    def __reduce__(self):
        return (load, (torch_legacy(self),))


class FloatStorage:
    pass


def rebuild(*args):
    raise NotImplementedError


def load(raw):
    raise NotImplementedError


class Tensor:
    def __init__(self, array):
        self.array = np.ascontiguousarray(array, np.float32)

    def __reduce__(self):
        strides, step = [], 1
        for extent in reversed(self.array.shape):
            strides.insert(0, step)
            step *= extent
        return (rebuild, (Storage(self.array.tobytes()), 0, self.array.shape, tuple(strides), False, {}))


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


def sequences(all_parts):
    """Computational sequences, with the rows of a segment evenly within it."""
    labels = {v: [p for p in all_parts if p[1] == v] for v in "abcd"}
    found = {"CMU_MOSEI_Labels": ("All Labels", {
        v: ([[10.0 * p[2], 10.0 * p[2] + 9] for p in parts], [p[4] for p in parts]) for v, parts in labels.items()})}
    names = {"text": ("CMU_MOSEI_TimestampedWordVectors", "glove_vectors"), "audio": ("CMU_MOSEI_COVAREP", "COVAREP"),
             "visual": ("CMU_MOSEI_VisualOpenFace2", "OpenFace_2")}
    for modality, (name, root) in names.items():
        found[name] = (root, {v: timed(all_parts, modality, v, lambda times, rows: ([[t, t + 0.5] for t in times], rows))
                              for v in "abcd"})
    for name, (root, entries) in found.items():
        out = io.BytesIO()
        with h5py.File(out, "w") as file:
            for video, (intervals, rows) in entries.items():
                group = file.create_group(f"{root}/data/{video}")
                group.create_dataset("features", data=np.array(rows, np.float32))
                group.create_dataset("intervals", data=np.array(intervals, np.float64))
        yield f"{name}.csd", out.getvalue()


def mixed(archive, all_parts):
    """One file of another kind for each modality, with numbers of other types and orders that are exact in float32."""
    text = np.asfortranarray(padded(all_parts, "text").astype(">f8"))
    write(archive, "mixed/text.npy", npy(text))
    write(archive, "mixed/text_lengths.npy", npy(np.array(lengths(all_parts, "text"), np.uint8)))
    audio = {f"{p[1]}[{p[2]}]": np.asfortranarray(p[3]["audio"]) for p in all_parts if "audio" in p[3]}
    write(archive, "mixed/audio.npz", npz(audio))
    visual = np.empty(len(all_parts), object)
    visual[:] = [p[3]["visual"].astype(">f4") for p in all_parts]
    write(archive, "mixed/visual.pkl", pickle.dumps(visual, protocol=4))


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


def odd(archive):
    """Pickles with one odd value each: an array of another rank, an id that is none, a label that is not finite."""
    def splits(**values):
        data = {split: {"text": np.ones((3, 2, 3), np.float32), "id": [f"{split}{i}$_$0" for i in range(3)],
                        "labels": np.array([-1.5, 0.5, 1.0])} for split in SPLITS}
        data["train"].update(values)
        return data

    audio = np.ones((3, 1, 2, 2), np.float32)
    found = {
        "rank-4": splits(audio=audio),
        "rank-4-in-one-split": {split: {**block, "audio": audio if split == "train" else audio[:, 0]}
                                for split, block in splits().items()},
        "only-rank-4": {split: {"audio": audio} for split in SPLITS},
        "split-without-features": {**splits(), "test": {"id": ["x"]}},
        "empty-id": splits(id=["a", "", "b"]),
        "blank-id": splits(id=np.array(["a", "b", " \t"])),
        "newline-id": splits(id=np.array(["a", "b\nc", "d"], dtype=object)),
        "long-id": splits(id=["a", "b", "c" * 5000]),
        "integer-ids": splits(id=np.array([7, 5, 6])),
        "equal-integers-as-ids": splits(id=np.array([7, 7, 7])),
        "huge-integers-as-ids": splits(id=np.array([2**53 + 1, 2**53, 2**63], dtype=np.uint64)),
        "lengths-of-rank-0": splits(text_lengths=[np.array(1), np.array(2), np.array(0)]),
        "lengths-that-are-lists": splits(text_lengths=[[1], [2], [0]]),
        "classes-of-rank-0": {split: {**block, "labels": [np.array(1), np.array(0), np.array(2)]}
                              for split, block in splits().items()},
        "transposed-labels": splits(labels=np.ones((6, 3))),
        "none-in-labels": splits(labels=[-1.5, None, 1.0]),
        "texts-in-one-split": splits(text=np.array(["a", "b", "c"])),
        "nan-sentiment": splits(labels=np.array([-1.5, np.nan, 1.0])),
        "infinite-sentiment": splits(labels=np.array([-1.5, np.inf, 1.0])),
        "nan-emotion": {split: {**block, "labels": np.array([[0, 3, 0.5, 0, 0, 0], [np.nan, 0, 0, 0, 0, 0], [1] * 6])}
                        for split, block in splits().items()},
        "nan-class": {split: {**block, "labels": np.array([0, np.nan, 1])} for split, block in splits().items()},
        "nan-pair": {split: {**block, "labels": np.stack([np.array([[1, 0, 1, 1], [np.nan] * 4, [0] * 4]),
                                                          np.array([[0, 1, 0, 0], [1] * 4, [1] * 4])], axis=2)}
                     for split, block in splits().items()},
        "fraction-in-target": {split: {"text": block["text"], "tgt": [[2, 4, 3], [2, 4.5, 3], [2, 5, 3]]}
                               for split, block in splits().items()},
        "one-number-for-two-labels": {**{split: {"text": block["text"], "tgt": [[2, 4, 3]] * 3}
                                         for split, block in splits().items()},
                                      "dict": {"tgt": {"<s>": 2, "</s>": 3, "Happy": 4, "Sad": 4}}},
        "self": splits(),
    }
    found["self"]["train"]["me"] = found["self"]["train"]
    names = ["Ses01", "Ses02"]
    features = {name: np.ones((2, 3), np.float32) for name in names}
    for kind, labels in (("nan-dialogue", [1.0, np.nan]), ("fraction-dialogue", [1.0, 1.5])):
        found[kind] = [{name: ["F", "M"] for name in names}, {"Ses01": [0, 5], "Ses02": labels}, features]
    for name, data in found.items():
        write(archive, f"odd/{name}.pkl", pickle.dumps(data, protocol=4))


def main(archive):
    parts = list(segments())
    write(archive, "mmsa.pkl", pickle.dumps(mmsa(parts, np.float64), protocol=4))
    write(archive, "multibench.pkl", pickle.dumps(multibench(parts), protocol=2))
    tensors = {split: {k: v if v.dtype.kind == "U" else Tensor(v) for k, v in block.items()}
               for split, block in multibench(parts).items()}
    write(archive, "multibench-tensors.pkl", torch_pickle([], tensors, nested=True))
    write(archive, "carat.pt", torch_archive(carat(parts)))
    write(archive, "carat-legacy.pt", torch_legacy(carat(parts)))
    targets = {name.capitalize(): 9 - i for i, name in enumerate(EMOTIONS)}
    write(archive, "tailor.pt", torch_archive(carat(parts, targets)))
    write(archive, "mult-iemocap.pkl", pickle.dumps(mult_iemocap(parts), protocol=2))
    write(archive, "meld.pkl", pickle.dumps(meld(parts), protocol=4))
    write(archive, "iemocap.pkl", pickle.dumps(iemocap(parts), protocol=2))
    write(archive, "cosmic.pkl", pickle.dumps(cosmic(parts), protocol=4))
    mertools(archive, parts)
    labels(archive)
    odd(archive)
    table = segments_csv(parts)
    functionals(archive, parts, table)
    for name, content in sequences(parts):
        write(archive, f"csd/{name}", content)
    for split, videos in SPLITS.items():
        write(archive, f"csd/folds/{split}.txt", "".join(f"{video}\n" for video, _ in videos))
    mixed(archive, parts)
    for form in ("npy", "npz", "safetensors", "single", "tables", "torch", "mixed"):
        write(archive, f"{form}/segments.csv", table)
    for modality in WIDTHS:
        array, length = padded(parts, modality), np.array(lengths(parts, modality))
        write(archive, f"npy/{modality}.npy", npy(array))
        write(archive, f"npy/{modality}_lengths.npy", npy(length))
        write(archive, f"npz/{modality}.npz", npz({"features": array, "lengths": length}))
        write(archive, f"safetensors/{modality}.safetensors", safetensors({modality: array, "lengths": length}))
        tensors = {modality: Tensor(array), "lengths": length.tolist()}
        write(archive, f"torch/{modality}.pt", torch_archive(tensors))
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
