#!/bin/sh
# Fails unless the committed PTX equals the output of build.sh. Usage: check.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
sh "$here/build.sh" "$1" "$1/ptxas.txt"
for file in "$1"/*.ptx "$1/sources.sha256"; do
  cmp "$file" "$here/../resources/dev/mer4j/cuda/$(basename "$file")"
done
cmp "$1/ptxas.txt" "$here/ptxas.txt"
