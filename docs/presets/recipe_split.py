#!/usr/bin/env python3
"""Writes the split of the published recipe: train.txt, valid.txt and test.txt for ./mer prepare --folds.

    python3 docs/presets/recipe_split.py OUT FILE...

The ids are those that all files contain: the entries of a .csd file, or the lines of a text file. The recipe splits the sorted
ids by train_test_split with random_state=42 twice: 80 % for training, half of the others for validation. Requires scikit-learn,
and h5py for .csd files.
"""

import sys
from pathlib import Path

from sklearn.model_selection import train_test_split


def ids(file):
    if file.suffix != ".csd":
        return {line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()}
    import h5py

    with h5py.File(file, "r") as opened:
        roots = [group for group in opened.values() if "data" in group]
        if len(roots) != 1:
            sys.exit(f"{file}: found {len(roots)} groups with a child 'data', expected one")
        return set(roots[0]["data"])


def split(names):
    train, rest = train_test_split(sorted(names), test_size=0.2, random_state=42)
    valid, test = train_test_split(rest, test_size=0.5, random_state=42)
    return {"train": train, "valid": valid, "test": test}


def main(out, files):
    if out.exists() and any(out.iterdir()):
        sys.exit(f"{out}: the folder is not empty; name a new one")
    names = set.intersection(*map(ids, files))
    if len(names) < 3:
        sys.exit(f"the files have {len(names)} ids in common, and a split requires 3")
    out.mkdir(parents=True, exist_ok=True)
    for part, members in split(names).items():
        (out / f"{part}.txt").write_text("".join(f"{name}\n" for name in members), encoding="utf-8")
        print(f"{part}: {len(members)}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
