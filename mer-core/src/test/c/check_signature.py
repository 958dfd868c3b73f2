"""Checks the page digests of the ad-hoc code signature of Mach-O libraries. Usage: check_signature.py FILE..."""

import hashlib
import struct
import sys

LC_CODE_SIGNATURE = 0x1D
SUPERBLOB, CODE_DIRECTORY, AD_HOC, SHA256 = 0xFADE0CC0, 0xFADE0C02, 2, 2


def signature(content):
    magic, _, _, _, commands, _, _, _ = struct.unpack_from("<8I", content)
    assert magic == 0xFEEDFACF
    at = 32
    for _ in range(commands):
        command, size = struct.unpack_from("<2I", content, at)
        if command == LC_CODE_SIGNATURE:
            return struct.unpack_from("<2I", content, at + 8)
        at += size
    raise AssertionError("no signature")


def check(name):
    with open(name, "rb") as file:
        content = file.read()
    start, size = signature(content)
    assert start + size == len(content)
    magic, _, count, kind, offset = struct.unpack_from(">5I", content, start)
    assert (magic, count, kind) == (SUPERBLOB, 1, 0)
    at = start + offset
    magic, _, _, flags, hashes, _, _, pages, limit = struct.unpack_from(">9I", content, at)
    hash_size, hash_type, _, page_bits = struct.unpack_from("4B", content, at + 36)
    assert (magic, limit, hash_size, hash_type) == (CODE_DIRECTORY, start, 32, SHA256)
    assert flags & AD_HOC
    page = 1 << page_bits
    assert pages == -(-limit // page)
    for i in range(pages):
        digest = hashlib.sha256(content[i * page : min(limit, (i + 1) * page)]).digest()
        assert digest == content[at + hashes + i * 32 : at + hashes + (i + 1) * 32], f"page {i}"
    print(f"{name}: ad-hoc signature, {pages} pages of {page} bytes match")


for each in sys.argv[1:]:
    check(each)
