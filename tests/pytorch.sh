#!/bin/sh
# `print pytorch` and `save` against PyTorch itself: the same loss and gradient norm to 1e-9. Left out, and said so, where
# there is no Python with PyTorch. $1: the program; $2: a folder to write to.
set -eu
unroll=$1
folder=$2
python=
for candidate in python3 /usr/bin/python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import torch' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "left out: no python3 here can import torch"
    exit 77
fi

check() {
    "$unroll" -n -e "$1; train 5; op -1; save $folder/network.safetensors; print loss gradient_norm" >"$folder/ours"
    "$unroll" -n -e "$1; print pytorch" >"$folder/network.py"
    "$python" "$folder/network.py" "$folder/network.safetensors" >"$folder/theirs"
    paste -d ' ' "$folder/ours" "$folder/theirs" | awk -v case="$1" '
        function size(x) { return x < 0 ? -x : x }
        $1 != $3 || size($2 - $4) > 1e-9 * size($4) { print case ": " $0; bad = 1 }
        END { exit bad || NR != 2 }'
    echo "the same: $1"
}

# What `export pytorch` saves and what --json tells is that program.
same_program() {
    rm -f "$folder"/unroll-*.py
    "$unroll" -n -e "$1; print pytorch" >"$folder/network.py"
    (cd "$folder" && "$unroll" -n -e "$1; export pytorch" >/dev/null)
    cmp "$folder"/unroll-*.py "$folder/network.py"
    "$unroll" -n --json -e "$1; print pytorch" |
        "$python" -c 'import json, sys; print(json.load(sys.stdin)["pytorch"])' | cmp - "$folder/network.py"
}

same_program "set cell gru; train 3"
check "set cell rnn"
check "set cell rnn; set activation relu; set layers 3; set bias off"
check "set cell lstm; set task spell; set bidirectional on; set layers 2"
check "set cell gru; set task adding; set T 30; set forget_bias off"
