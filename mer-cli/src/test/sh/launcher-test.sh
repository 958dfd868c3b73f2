#!/bin/sh
# Tests ./mer from another folder, by a link, with spaces in paths, without Java and Maven, concurrently,
# and after changes of sources. Usage: mer-cli/src/test/sh/launcher-test.sh [JAVA_HOME…]; repeats the test for each JDK.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check() {
  expected=$1
  shift
  status=0
  "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
  if [ "$status" -ne "$expected" ]; then
    echo "expected status $expected, got $status: $*" >&2
    cat "$scratch/out" "$scratch/err" >&2
    exit 1
  fi
}

says() {
  grep -q -- "$2" "$scratch/$1" || { echo "no '$2' in:" >&2; cat "$scratch/$1" >&2; exit 1; }
}

silent() {
  [ ! -s "$scratch/err" ] || { echo "on standard error:" >&2; cat "$scratch/err" >&2; exit 1; }
}

try_commands() {
  cd "$scratch"
  check 0 "$home/mer" --version
  says out '^mer '
  silent
  ln -sf "$home/mer" "$scratch/a link"
  check 0 "$scratch/a link" synth "some data" --videos 4
  silent
  check 0 "$home/mer" prepare "some data" --out "a store" --steps 4 --truncate pool
  silent
  check 0 "$home/mer" train "a store" --out "a run" --epochs 1
  silent
  check 0 "$home/mer" evaluate "a run" "a store" --json
  silent
  [ "$(head -c 1 "$scratch/out")" = '{' ]
  check 1 "$home/mer" inspect nowhere
  says err '^mer: nowhere'
  check 2 "$home/mer" dance
  rm -rf "some data" "a store" "a run"
}

"$home/mer" --version >/dev/null
[ $# -gt 0 ] || set -- "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"
for jdk in "$@"; do
  (
    export JAVA_HOME="$jdk"
    try_commands
  )
  echo "passed with $jdk"
done

# Two concurrent commands in a folder with a space in its name build once.
copy="$scratch/a copy"
mkdir "$copy"
(cd "$home" && tar cf - --exclude=target --exclude=.git .) | (cd "$copy" && tar xf -)
check 1 env PATH="$(dirname "$(command -v sh)")" JAVA_HOME="$scratch" "$copy/mer" --version
says err 'found no .*/bin/java'
mkdir "$scratch/bin"
printf '#!/bin/sh\necho "openjdk version \\"11.0.2\\" 2019-01-15" >&2\n' >"$scratch/bin/java"
chmod +x "$scratch/bin/java"
check 1 env JAVA_HOME= PATH="$scratch/bin:$PATH" "$copy/mer" --version
says err 'needs Java 17 or later; .* is version 11'
for tool in sh dirname sed head cat find mkdir date touch rm sleep readlink java; do
  ln -sf "$(command -v "$tool")" "$scratch/bin/$tool"
done
check 1 env PATH="$scratch/bin" "$copy/mer" --version
says err '^mer: needs Maven'
"$copy/mer" --version >"$scratch/first" 2>"$scratch/first.err" &
check 0 "$copy/mer" --version
wait $!
[ "$(cat "$scratch/first")" = "$(cat "$scratch/out")" ]
[ "$(cat "$scratch/first.err" "$scratch/err" | grep -c building)" -eq 1 ]

[ ! -e "$copy/target/mer/lock" ] && [ ! -e "$copy/target/mer/part" ]

latest() {
  for build in "$copy"/target/mer/2*; do :; done
  printf '%s' "$build"
}

rebuilds() {
  check 0 "$copy/mer" --version
  says err 'building'
  check 0 "$copy/mer" --version
  silent
}

# Nothing is built twice; the lock of a killed process is released.
built=$(latest)
check 0 "$copy/mer" --version
silent
[ "$(latest)" = "$built" ]
sleep 0 &
wait $!
ln -s $! "$copy/target/mer/lock"
touch "$copy/mer-data/pom.xml"
rebuilds

# A source that does not compile keeps the last build; a corrected one builds again.
main="$copy/mer-cli/src/main/java/dev/mer4j/cli/Mer.java"
built=$(latest)
before=$(cksum "$built"/*)
echo nonsense >>"$main"
check 1 "$copy/mer" --version
says err '^mer: mer4j could not be built'
says err 'Mer.java:'
[ "$(latest)" = "$built" ] && [ "$(cksum "$built"/*)" = "$before" ]
cp "$home/mer-cli/src/main/java/dev/mer4j/cli/Mer.java" "$main"
rebuilds

# A file deleted from a dependency is removed from its jar.
jar="$(dirname "$(readlink -f "$(command -v javac)")")/jar"
extra="$copy/mer-data/src/main/java/dev/mer4j/data/Extra.java"
printf '/** Extra. */\npackage dev.mer4j.data;\n\nfinal class Extra {}\n' >"$extra"
rebuilds
"$jar" tf "$(latest)"/mer-data-*.jar | grep -q Extra.class
rm "$extra"
rebuilds
if "$jar" tf "$(latest)"/mer-data-*.jar | grep Extra; then exit 1; fi

# A dependency deleted from a pom is removed from the class path, for modules and libraries.
class_path() {
  (cd "$scratch" && "$jar" xf "$(latest)"/mer-cli-*.jar META-INF/MANIFEST.MF)
  ls "$(latest)"
  tr -d '\r\n ' <"$scratch/META-INF/MANIFEST.MF" | sed 's|\.\./lib/|\n|g'
}
class_path | grep -q '^mer-onednn-'
class_path | grep -q '^opencl-.*-linux'
sed '/<dependency>/{:a;N;/<\/dependency>/!ba;/mer-onednn\|opencl/d}' "$home/mer-cli/pom.xml" >"$copy/mer-cli/pom.xml"
rebuilds
class_path >"$scratch/after"
if grep -e '^opencl-.*-linux' "$scratch/after" || [ -e "$(latest)"/mer-onednn-*.jar ]; then exit 1; fi
echo passed
