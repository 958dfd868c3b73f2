"""Writes an unaligned pickle as MMSA's, of the size of CMU-MOSEI's: text [N, 50, 768], audio [N, 500, 74], vision [N, 500, 35].

    python3 src/test/python/large_mmsa.py unaligned_50.pkl [SEGMENTS]

Needs numpy. SEGMENTS defaults to 22,856, for 8.5 GB. Arrays are drawn and written 64 segments at a time.
"""

import pickle
import struct
import sys

import numpy as np

SHARES = {"train": 0.714, "valid": 0.082, "test": 0.204}
SHAPES = {"text": (50, 768), "audio": (500, 74), "vision": (500, 35)}
SEGMENTS_OF_A_VIDEO = 7
BLOCK = 64


class Payload:
    """The bytes of an array [N, T, D]: normal values, zeros after each segment's length."""

    def __init__(self, draws, lengths, shape):
        self.draws, self.lengths, self.shape = draws, lengths, shape

    def size(self):
        return len(self.lengths) * self.shape[0] * self.shape[1] * 4

    def blocks(self):
        for first in range(0, len(self.lengths), BLOCK):
            lengths = self.lengths[first : first + BLOCK]
            values = self.draws.standard_normal((len(lengths), *self.shape), np.float32)
            values[np.arange(self.shape[0])[None, :] >= lengths[:, None]] = 0
            yield values.tobytes()


class LargeArray:
    """Is pickled as the numpy array of float32 with these bytes."""

    def __init__(self, payload):
        self.payload = payload

    def __reduce__(self):
        reconstruct, arguments, _ = np.zeros(0, np.float32).__reduce__()
        shape = (len(self.payload.lengths), *self.payload.shape)
        return reconstruct, arguments, (1, shape, np.dtype(np.float32), False, self.payload)


class StreamingPickler(pickle._Pickler):
    """Writes payloads block by block."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_payload(self, payload):
        self.framer.commit_frame(force=True)
        self.framer.file_write(pickle.BINBYTES8 + struct.pack("<Q", payload.size()))
        for block in payload.blocks():
            self.framer.file_write(block)

    dispatch[Payload] = save_payload


def split(draws, first, count):
    lengths = {key: draws.integers(shape[0] // 5, shape[0] + 1, count) for key, shape in SHAPES.items()}
    bert = np.zeros((count, 3, 50), np.float32)
    bert[:, 1] = np.arange(50)[None, :] < lengths["text"][:, None]
    numbers = np.arange(first, first + count)
    data = {key: LargeArray(Payload(draws, lengths[key], shape)) for key, shape in SHAPES.items()}
    return data | {
        "text_bert": bert,
        "id": [f"video{n // SEGMENTS_OF_A_VIDEO}$_${n % SEGMENTS_OF_A_VIDEO}" for n in numbers],
        "audio_lengths": lengths["audio"].tolist(),
        "vision_lengths": lengths["vision"].tolist(),
        "regression_labels": (draws.integers(-9, 10, count) / 3).astype(np.float32),
    }


def main(file, segments=22856):
    draws = np.random.default_rng(1)
    first = 0
    data = {}
    for name, share in SHARES.items():
        count = round(share * int(segments) / SEGMENTS_OF_A_VIDEO) * SEGMENTS_OF_A_VIDEO
        data[name] = split(draws, first, count)
        first += count
    with open(file, "wb") as out:
        StreamingPickler(out, 4).dump(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
