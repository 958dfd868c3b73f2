#!/bin/sh
# Joins the pieces next to this script and unpacks them into a folder. Usage: join.sh [FOLDER]; defaults to this folder.
set -eu
pieces=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
into=${1:-$pieces}
cd "$pieces"
sha256sum -c SHA256SUMS >/dev/null || { echo "join: a piece is missing or corrupt; copy it again" >&2; exit 1; }
mkdir -p "$into"
cat mer4j-gpu.tar.gz.* | gzip -d | tar -C "$into" -xf -
echo "unpacked; next: $into/mer4j-gpu/all"
