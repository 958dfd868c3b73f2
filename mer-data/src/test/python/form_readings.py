"""Reads every form of the synthetic data set with Python, and writes rows and sums as JSON.

    python3 src/test/python/form_readings.py src/test/resources/sources/forms.zip src/test/resources/sources/readings.json

Needs numpy, h5py, torch and safetensors' format only (which is parsed here). Nothing is shared with source_forms.py, which
wrote the files: each form is read as its own programs read it.
"""

import csv
import io
import json
import pickle
import struct
import sys
import zipfile

import h5py
import numpy as np
import torch

if not hasattr(np, "_core"):  # numpy 1 reads pickles of numpy 2 with these names
    sys.modules.update({"numpy._core": np.core, "numpy._core.multiarray": np.core.multiarray})
    sys.modules["numpy._core.numeric"] = np.core.numeric

ARCHIVE = zipfile.ZipFile(sys.argv[1])
MODALITIES = ("text", "audio", "visual")


def names(folder):
    return [name for name in ARCHIVE.namelist() if name.startswith(folder)]


def trimmed(rows):
    """Without rows of zeros at the start and the end."""
    used = np.flatnonzero(np.any(np.asarray(rows) != 0, axis=-1))
    return rows[used[0] : used[-1] + 1] if len(used) else rows[:0]


def text(path):
    return ARCHIVE.read(path).decode()


def segments(folder):
    return list(csv.DictReader(io.StringIO(text(folder + "/segments.csv"))))


def mmsa():
    for split in pickle.loads(ARCHIVE.read("mmsa.pkl")).values():
        for i in range(len(split["id"])):
            lengths = {"text": int(split["text_bert"][i, 1].sum())}
            lengths.update({"audio": split["audio_lengths"][i], "visual": split["vision_lengths"][i]})
            keys = {"text": "text", "audio": "audio", "visual": "vision"}
            yield {m: split[keys[m]][i][: lengths[m]] for m in MODALITIES}


def splits(data, keys, trim):
    for split in ("train", "valid", "test"):
        block = data[split]
        for i in range(len(block[keys["text"]])):
            rows = {m: np.asarray(block[keys[m]][i], np.float64) for m in MODALITIES}
            yield {m: trimmed(r) if trim else r for m, r in rows.items()}


def mult(path, trim=True):
    keys = {"text": "text", "audio": "audio", "visual": "vision"}
    return splits(pickle.loads(ARCHIVE.read(path), encoding="latin1"), keys, trim)


def carat(path):
    data = torch.load(io.BytesIO(ARCHIVE.read(path)), weights_only=False)
    return splits(data, {m: "src-" + m for m in MODALITIES}, True)


def conversations(path, text_at, audio_at=None, visual_at=None):
    items = pickle.loads(ARCHIVE.read(path), encoding="latin1")
    found = {"text": text_at, "audio": audio_at, "visual": visual_at}
    for dialogue in items[text_at]:
        for u in range(len(items[text_at][dialogue])):
            yield {m: np.asarray(items[at][dialogue][u])[None] for m, at in found.items() if at is not None}


def npy():
    arrays = {m: np.load(io.BytesIO(ARCHIVE.read(f"npy/{m}.npy"))) for m in MODALITIES}
    lengths = {m: np.load(io.BytesIO(ARCHIVE.read(f"npy/{m}_lengths.npy"))) for m in MODALITIES}
    for i in range(len(segments("npy"))):
        yield {m: arrays[m][i, : lengths[m][i]] for m in MODALITIES}


def npz():
    files = {m: np.load(io.BytesIO(ARCHIVE.read(f"npz/{m}.npz"))) for m in MODALITIES}
    for i in range(len(segments("npz"))):
        yield {m: files[m]["features"][i, : files[m]["lengths"][i]] for m in MODALITIES}


def safetensors():
    tensors = {}
    for m in MODALITIES:
        data = ARCHIVE.read(f"safetensors/{m}.safetensors")
        size = struct.unpack("<Q", data[:8])[0]
        for key, entry in json.loads(data[8 : 8 + size]).items():
            begin, end = entry["data_offsets"]
            kind = {"F32": "<f4", "I64": "<i8"}[entry["dtype"]]
            tensors[m, key] = np.frombuffer(data[8 + size + begin : 8 + size + end], kind).reshape(entry["shape"])
    for i in range(len(segments("safetensors"))):
        yield {m: tensors[m, m][i, : tensors[m, "lengths"][i]] for m in MODALITIES}


def torch_files():
    files = {m: torch.load(io.BytesIO(ARCHIVE.read(f"torch/{m}.pt"))) for m in MODALITIES}
    for i in range(len(segments("torch"))):
        yield {m: files[m][m][i, : files[m]["lengths"][i]].numpy() for m in MODALITIES}


def mixed():
    text = np.load(io.BytesIO(ARCHIVE.read("mixed/text.npy")))
    lengths = np.load(io.BytesIO(ARCHIVE.read("mixed/text_lengths.npy")))
    audio = np.load(io.BytesIO(ARCHIVE.read("mixed/audio.npz")))
    visual = pickle.loads(ARCHIVE.read("mixed/visual.pkl"))
    for i, segment in enumerate(segments("mixed")):
        found = {"text": text[i, : lengths[i]], "visual": visual[i]}
        yield {**found, "audio": audio[segment["id"]]} if segment["id"] in audio else found


def csd():
    files = {}
    for name in names("csd/"):
        if name.endswith(".csd"):
            with h5py.File(io.BytesIO(ARCHIVE.read(name))) as file:
                root = next(iter(file))
                data = file[root]["data"]
                files[root] = {v: (data[v]["intervals"][()], data[v]["features"][()]) for v in data}
    roots = {"text": "glove_vectors", "audio": "COVAREP", "visual": "OpenFace_2"}
    for video, (intervals, _) in files["All Labels"].items():
        for start, end in intervals:
            rows = {}
            for m, root in roots.items():
                times, values = files[root][video]
                rows[m] = values[(times[:, 0] < end) & (times[:, 1] > start)]
            yield rows


def single():
    for segment in segments("single"):
        paths = {m: f"single/{m}/{segment['id']}.npy" for m in MODALITIES}
        yield {m: np.load(io.BytesIO(ARCHIVE.read(p))) for m, p in paths.items() if p in ARCHIVE.namelist()}


def mertools():
    label = np.load(io.BytesIO(ARCHIVE.read("mertools/label-6way.npz")), allow_pickle=True)
    folders = {"text": "bert-UTT", "audio": "wav2vec-FRA", "visual": "manet-FRA"}
    for corpus in ("train_corpus", "test1_corpus", "test2_corpus"):
        for name in label[corpus].tolist():
            rows = {}
            for m, folder in folders.items():
                path = f"mertools/features/{folder}/{name}.npy"
                if path in ARCHIVE.namelist():
                    array = np.load(io.BytesIO(ARCHIVE.read(path))).squeeze()
                    rows[m] = array[None] if array.ndim == 1 else array
            yield rows


def tables(folder, by_segment):
    skipped = ("name", "frameTime", "frame", "face_id", "timestamp", "confidence", "success", "class")
    for segment in segments(folder):
        rows = {}
        for m in MODALITIES:
            stem = segment["id"] if by_segment else segment["video"]
            path = [p for p in names(f"{folder}/{m}/") if p.rsplit("/", 1)[1].rsplit(".", 1)[0] == stem]
            found = []
            for row in table(path[0]) if path else []:
                time = float(row.get("timestamp", row.get("frameTime", 0)))
                inside = by_segment or float(segment["start"]) <= time < float(segment["end"])
                if inside and row.get("success") != "0":
                    found.append([float(v) for k, v in row.items() if k not in skipped])
            rows[m] = np.array(found)
        yield rows


def table(path):
    lines = text(path).splitlines()
    if not path.endswith(".arff"):
        header = [name.strip() for name in lines[0].split(";" if ";" in lines[0] else ",")]
        data = lines[1:]
    else:
        header = [a.split()[1] if "'" not in a else a.split("'")[1] for a in lines if a.startswith("@attribute")]
        data = [line for line in lines[lines.index("@data") + 1 :] if line]
    for line in data:
        yield dict(zip(header, [v.strip() for v in line.split(";" if ";" in line else ",")]))


FORMS = {
    "mmsa.pkl": mmsa(),
    "multibench.pkl": mult("multibench.pkl"),
    "multibench-tensors.pkl": mult("multibench-tensors.pkl"),
    "mult-iemocap.pkl": mult("mult-iemocap.pkl"),
    "carat.pt": carat("carat.pt"),
    "carat-legacy.pt": carat("carat-legacy.pt"),
    "tailor.pt": carat("tailor.pt"),
    "meld.pkl": conversations("meld.pkl", 3, 4, 5),
    "iemocap.pkl": conversations("iemocap.pkl", 3, 4, 5),
    "cosmic.pkl": conversations("cosmic.pkl", 2),
    "mertools": mertools(),
    "npy": npy(),
    "npz": npz(),
    "safetensors": safetensors(),
    "torch": torch_files(),
    "mixed": mixed(),
    "csd": csd(),
    "single": single(),
    "tables": tables("tables", False),
    "functionals": tables("functionals", True),
}

readings = {}
for form, found in FORMS.items():
    found = list(found)
    readings[form] = {"segments": len(found), "modalities": {}}
    for m in MODALITIES:
        parts = [np.asarray(s[m], np.float32).astype(np.float64) for s in found if m in s and len(s[m])]
        if parts:
            total = {"segments": len(parts), "rows": sum(len(p) for p in parts), "sum": float(sum(p.sum() for p in parts))}
            readings[form]["modalities"][m] = total
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(readings, file, indent=1)
    file.write("\n")
