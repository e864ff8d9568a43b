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
    "$python" "$folder/network.py" "$folder/network.safetensors" >"$folder/theirs" 2>"$folder/said"
    ! grep "changed" "$folder/said"
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

# says MOMENT WORDS: of a file that was saved then, the program says what is wrong with its numbers and what to do.
says() {
    "$unroll" -n -e "$1; save $folder/network.safetensors; print pytorch" >"$folder/network.py"
    "$python" "$folder/network.py" "$folder/network.safetensors" >"$folder/theirs" 2>"$folder/said" || true
    if ! grep -q "$2" "$folder/said"; then
        echo "after $1 it says: $(cat "$folder/said")"
        exit 1
    fi
}

says "set cell gru" "holds no batch.*train 1; op -1"
says "train 5" "changed weights.*op -1, then save again"
same_program "set cell gru; train 3"
check "set cell rnn"
check "set cell rnn; set activation relu; set layers 3; set bias off"
check "set cell lstm; set task spell; set bidirectional on; set layers 2"
check "set cell gru; set task adding; set T 30; set forget_bias off"
