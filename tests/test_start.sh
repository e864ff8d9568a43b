#!/bin/sh
# What is wrong with the command line is said on stderr, in one line, with status 1, before any window opens.
#
#   test_start.sh UNROLL
set -u
unroll=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset DISPLAY WAYLAND_DISPLAY XDG_RUNTIME_DIR SDL_VIDEODRIVER
failed=0

# refused SAYS ARGUMENTS…: that line and nothing else
refused() {
    says="unroll: $1"
    shift
    "$unroll" "$@" >out 2>err
    status=$?
    if [ "$status" != 1 ] || [ "$(cat err)" != "$says" ] || [ -s out ]; then
        echo "wrong: unroll $*"
        echo "  status $status, said: $(cat out err)"
        echo "  expected:         $says"
        failed=1
    fi
}

fine() {
    "$unroll" "$@" >out 2>err || { echo "wrong: unroll $*: $(cat err)" && failed=1; }
}

# ---- no display ----------------------------------------------------------------
refused 'no display: neither DISPLAY nor WAYLAND_DISPLAY is set, or run with -n'
# (The libraries behind SDL keep memory that a leak checker finds.)
DISPLAY=:7654 ASAN_OPTIONS=detect_leaks=0 refused 'no display: DISPLAY=:7654 cannot be opened, or run with -n'

# ---- files ---------------------------------------------------------------------
printf 'train 1\000\n' >binary.md
cp binary.md binary.txt
mkdir folder.md
printf '# T\n\n```do\ntrain 1\n' >open.md
refused 'cannot read "none.md": no such file' none.md
refused 'cannot read "none.txt": no such file' none.txt
refused 'binary.md:1:8: this is no text: a byte of value 0' binary.md
refused 'binary.txt:1:8: this is no text: a byte of value 0' binary.txt
refused 'cannot read "folder.md": it is a folder' folder.md
refused 'open.md:3:1: this fenced block is never closed' open.md

# ---- options -------------------------------------------------------------------
refused '--json is for results without a window: give -n too' --json
refused '--size: the window needs at least 1024x700, not 300x200' --size 300x200
refused '--size takes WIDTHxHEIGHT, 240x120 to 8192x8192, not "10x10"' -n --size 10x10
refused '300×200 is too small for the whole screen, which needs 1024×700' -n --size 300x200 -e 'shot a.png'
fine -n --size 300x200 -e 'train 1; shot a.svg gradient'
grep -q 'width="300" height="200"' a.svg || { echo 'wrong: the picture of a view has not the size asked for' && failed=1; }
fine -n --json -e 'print update'

# ---- a byte order mark -----------------------------------------------------------
printf '\357\273\277print update\n' >marked.txt
fine -n marked.txt
exit $failed
