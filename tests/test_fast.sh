#!/bin/sh
# The fast build as a program: the same bits for any number of threads and however a moment is reached, the exact build's
# losses to some digits, its files, and what it says of itself.
#
#   test_fast.sh UNROLL-FAST UNROLL
set -u
fast=$1
exact=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

wrong() {
    echo "wrong: $*"
    failed=1
}

same() { # same WHAT A B
    [ -n "$2" ] && [ "$2" = "$3" ] || wrong "$1: $2, and $3"
}

near() { # near WHAT A B: to five digits
    awk -v a="$2" -v b="$3" 'BEGIN { d = a - b; exit !(d * d <= 1e-10 * b * b && b != "") }' || wrong "$1: $2, and $3"
}

refused() { # refused SAYS ARGUMENTS…
    says="unroll-fast: $1"
    shift
    "$fast" "$@" >out 2>err
    status=$?
    [ "$status" = 1 ] && [ "$(cat err)" = "$says" ] && [ ! -s out ] || wrong "unroll-fast $*: $status, $(cat out err)"
}

# ---- large enough to be cut into shares -------------------------------------------
large='set cell lstm; set hidden 48; set batch 33; set layers 2; set T 9; set forget_bias 1'
hash=$("$fast" --threads 1 -e "$large; train 6; print hash")
for threads in 2 3 4; do
    same "$threads threads" "$hash" "$("$fast" -n --threads $threads -e "$large; train 6; print hash")"
done
same 'a moment reached by seeking' "$hash" "$("$fast" -e "$large; train 9; seek 4 7; op 5; update 3; print hash")"
for more in 'set bidirectional on' 'set freeze f=1' 'set task agree' 'set task sine; set carry on' 'set clip value'; do
    one=$("$fast" --threads 1 -e "$large; $more; train 4; print hash loss gradient_norm")
    same "$more" "$one" "$("$fast" --threads 2 -e "$large; $more; train 3; step 4; step -2; update 1; print hash loss gradient_norm")"
    loss=$(echo "$one" | sed -n 's/^loss //p')
    near "$more" "$loss" "$("$exact" -n -e "$large; $more; train 4; print loss" | sed 's/^loss //')"
done

# ---- every sequence of the batch is to be seen, whichever share it is in ------------
for b in 1 16 17 33; do
    line="$large; train 2; show $b; print dh state_norms"
    "$fast" -e "$line" | tr ' ' '\n' >of_fast
    "$exact" -n -e "$line" | tr ' ' '\n' >of_exact
    paste of_fast of_exact | awk '$1 + 0 == $1 { d = $1 - $2; if (d * d > 1e-7 * $2 * $2) exit 1; n++ } END { exit n < 10 }' ||
        wrong "sequence $b: $(paste of_fast of_exact | head -5)"
done

# ---- files, pictures, checks --------------------------------------------------------
"$fast" -e 'set cell gru; train 20; print loss; save net.safetensors' >out 2>err || wrong "$(cat err)"
"$exact" -n -e 'load net.safetensors; train 1' >out 2>err || wrong "what the fast build saved: $(cat err)"
"$fast" -e 'load net.safetensors; gradcheck; shot a.svg gradient' >out 2>err || wrong "$(cat err)"
"$fast" --json -e 'set learning_rate 1; set optimizer sgd; set clip off; set activation linear; set gain 4; train 50' >out 2>err
[ $? = 3 ] || wrong 'a run that is not finite does not end with status 3'

# ---- what it says of itself -----------------------------------------------------------
refused 'nothing to do: give -e LINES or a FILE (/dev/stdin for standard input); the window is in unroll'
refused '--threads takes 1 to 4, not "5"' --threads 5
refused '--threads takes 1 to 4, not "two"' --threads two
"$fast" --version | grep -q '^unroll-fast .*single precision' || wrong '--version'
"$exact" --version | grep -q '^unroll .*double precision' || wrong '--version of the exact build'
"$fast" --help | grep -q '^unroll-fast: .*without a window' || wrong '--help'
"$exact" -n --threads 2 -e 'train 1' 2>err && wrong 'the exact build takes --threads'
grep -q 'threads is for unroll-fast' err || wrong "$(cat err)"
exit $failed
