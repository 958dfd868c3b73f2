#!/bin/sh
# Builds the native libraries of backend 'native' in TARGET/classes/META-INF/native, one folder per platform, and
# libraries.txt with their SHA-256 and the versions of the tools.
#
#   build.sh TARGET host   this machine's library, with gcc or clang; none without a compiler
#   build.sh TARGET all    the libraries of all platforms, with clang-19 and lld-19; they need no C library, and their
#                          bytes depend only on the sources and the versions of the tools
set -eu
source=$(cd "$(dirname "$0")" && pwd)
target=$1
mode=$2
platforms="linux-x86_64 linux-aarch64 windows-x86_64 windows-aarch64 macos-x86_64 macos-aarch64"
work=$target/kernels
result=$target/classes/META-INF/native

host() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64 | Linux-aarch64) echo "linux-$(uname -m)" ;;
    Darwin-x86_64) echo macos-x86_64 ;;
    Darwin-arm64) echo macos-aarch64 ;;
  esac
}

# Prints the first compiler that runs: on macOS, both names may be stubs without a compiler.
host_compiler() {
  for candidate in gcc clang; do
    if "$candidate" --version >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
}

file_name() {
  case $1 in
    linux-*) echo libmer4j-lstm.so ;;
    windows-*) echo mer4j-lstm.dll ;;
    macos-*) echo libmer4j-lstm.dylib ;;
  esac
}

# Prints each set of kernels with the architecture that it is compiled for.
sets() {
  case $1 in
    *-x86_64) echo "any:x86-64 avx2:x86-64-v3 avx512:x86-64-v4" ;;
    *-aarch64) echo "neon:armv8-a" ;;
  esac
}

triple() {
  case $1 in
    linux-*) echo "${1#*-}-unknown-linux-gnu" ;;
    windows-*) echo "${1#*-}-w64-windows-gnu" ;;
    macos-x86_64) echo x86_64-apple-macos11.0 ;;
    macos-aarch64) echo arm64-apple-macos11.0 ;;
  esac
}

# compile PLATFORM COMPILER FLAG...: compiles the kernels and processor.c.
compile() {
  platform=$1
  shift
  for set in $(sets "$platform"); do
    "$@" -O3 -march="${set#*:}" -c "$source/lstm.c" -o "$work/$platform/${set%:*}.o"
  done
  "$@" -O2 -c "$source/processor.c" -o "$work/$platform/processor.o"
}

library() {
  mkdir -p "$work/native/$1"
  echo "$work/native/$1/$(file_name "$1")"
}

build_host() {
  # Position independence, and no names in the library but the exported ones.
  compile "$1" "$2" -Wall -Wextra -Werror -Wno-psabi -fPIC -fvisibility=hidden
  "$2" -shared "$work/$1"/*.o -o "$(library "$1")"
}

build_cross() {
  flags="--no-default-config --target=$(triple "$1") -Wall -Wextra -Werror -ffreestanding -nostdlibinc
    -fno-stack-protector -fvisibility=hidden -isystem $source/freestanding"
  case $1 in windows-*) ;; *) flags="$flags -fPIC" ;; esac
  # shellcheck disable=SC2086 # several flags
  compile "$1" clang-19 $flags
  # shellcheck disable=SC2086
  clang-19 $flags -O2 -c "$source/freestanding/runtime.c" -o "$work/$1/runtime.o"
  library=$(library "$1")
  case $1 in
    linux-*) ld.lld-19 -shared -s -z defs -z now -soname "$(file_name "$1")" -o "$library" "$work/$1"/*.o ;;
    windows-x86_64) link_windows i386pep "$1" ;;
    windows-aarch64) link_windows arm64pe "$1" ;;
    macos-x86_64) link_macos x86_64 "$1" ;;
    macos-aarch64) link_macos arm64 "$1" ;;
  esac
}

link_windows() {
  ld.lld-19 -m "$1" -shared -s -e DllMainCRTStartup --no-insert-timestamp -o "$library" "$work/$2"/*.o
}

link_macos() {
  ld64.lld-19 -arch "$1" -platform_version macos 11.0 11.0 -dylib -x -adhoc_codesign \
    -install_name "@rpath/$(file_name "$2")" -o "$library" "$work/$2"/*.o "$source/freestanding/libSystem.tbd"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# list TOOL PLATFORM...: prints the format of sha256sum, with the versions of tools as comments.
list() {
  echo "# $1"
  shift
  for platform in "$@"; do
    file=$(file_name "$platform")
    echo "$(sha256 "$work/native/$platform/$file")  $platform/$file"
  done
}

version() {
  "$1" --version | head -n 1
}

case $mode in
  host)
    platforms=$(host)
    compiler=$(host_compiler)
    ;;
  all) ;;
  *)
    echo "usage: build.sh TARGET host|all" >&2
    exit 2
    ;;
esac

up_to_date() {
  [ -f "$result/libraries.txt" ] && [ -z "$(find "$source" -newer "$result/libraries.txt" -type f)" ] || return 1
  for platform in $platforms; do
    grep -q " $platform/" "$result/libraries.txt" || return 1
  done
}

if up_to_date; then exit 0; fi
rm -rf "$work" "$result"
if [ "$mode" = all ]; then
  tools="$(version clang-19), $(version ld.lld-19)"
elif [ -n "$platforms" ] && [ -n "$compiler" ]; then
  tools=$(version "$compiler")
else
  echo "no C compiler for this platform: the jar has no native library" >&2
  exit 0
fi
for platform in $platforms; do
  mkdir -p "$work/$platform"
  if [ "$mode" = host ]; then build_host "$platform" "$compiler"; else build_cross "$platform"; fi
done
# shellcheck disable=SC2086 # several platforms
list "$tools" $platforms >"$work/native/libraries.txt"
mkdir -p "$(dirname "$result")"
mv "$work/native" "$result"
