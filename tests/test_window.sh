#!/bin/sh
# The real window under Xvfb, driven as a person would: start, press 2, drag the gain slider, choose from a list,
# drag the graph, play, pause, resize, quit.
# The lines that it echoes say what happened; a screenshot must have the window's size and not be blank.
#
#   test_window.sh UNROLL      status 77: skipped, for a tool is missing
set -u
unroll=$1

for tool in Xvfb xdotool import identify; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: $tool is missing (apt-get install xvfb xdotool imagemagick)"
        exit 77
    fi
done

# Under the sanitizer: what X11 and SDL keep to the end is no leak of ours; the other tests look for those.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

folder=$(mktemp -d)
server=
program=
finish() {
    [ -n "$program" ] && kill "$program" 2>/dev/null
    [ -n "$server" ] && kill "$server" 2>/dev/null
    rm -rf "$folder"
}
trap finish EXIT

wrong() {
    echo "wrong: $1"
    echo "--- echoed"
    cat "$folder/echo"
    exit 1
}

# Waits up to 20 s for a command to be true; a loaded machine is slow.
wait_for() {
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

echoed() { grep -q -- "$1" "$folder/echo"; }
expect() { wait_for echoed "$1" || wrong "no line \"$1\" was echoed"; }

# ---- a display of its own ----------------------------------------------------
: >"$folder/echo"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$folder/display" 2>"$folder/server" &
server=$!
wait_for test -s "$folder/display" || wrong "Xvfb did not start: $(cat "$folder/server")"
DISPLAY=:$(cat "$folder/display")
export DISPLAY
unset WAYLAND_DISPLAY

# ---- start -------------------------------------------------------------------
# Its own folders: what it keeps and what it exports is found there.
export XDG_CONFIG_HOME="$folder/config"
case $unroll in /*) ;; *) unroll=$PWD/$unroll ;; esac
cd "$folder" || exit 1
"$unroll" --echo --size 1440x900 >"$folder/echo" 2>"$folder/errors" &
program=$!
find_window() { window=$(xdotool search --onlyvisible --name '^unroll$' | head -1) && [ -n "$window" ]; }
wait_for find_window || wrong "no window appeared: $(cat "$folder/errors")"

geometry() { xdotool getwindowgeometry --shell "$window"; }
size() { eval "$(geometry)" && echo "${WIDTH}x$HEIGHT"; }
[ "$(size)" = 1440x900 ] || wrong "the window is $(size), not 1440x900"

colours() {
    import -window "$window" "$folder/$1.png" || return 1
    identify -format '%k' "$folder/$1.png"
}
painted() { [ "$(colours first)" -gt 100 ]; }
wait_for painted || wrong "the window is blank"
[ "$(identify -format '%wx%h' "$folder/first.png")" = 1440x900 ] || wrong "the screenshot has another size"
xdotool windowfocus "$window"

# ---- press 2 -----------------------------------------------------------------
xdotool key 2
expect '^set cell lstm$'

# ---- drag the gain slider ----------------------------------------------------
# It is the first slider below the hidden units; the panel is 248 wide. The drag goes from its knob's track to the right.
drag() {
    xdotool mousemove --window "$window" "$1" "$2" mousedown 1
    for x in $(seq "$(($1 + 10))" 10 "$3"); do
        xdotool mousemove --window "$window" "$x" "$2"
        sleep 0.02
    done
    xdotool mouseup 1
}
drag 60 205 150
expect '^set gain [0-9.]*$'
before=$(grep -c '^set gain' "$folder/echo")
[ "$before" -ge 2 ] || wrong "the drag said one line only"

# ---- choose from a list by keyboard ------------------------------------------
xdotool mousemove --window "$window" 200 26 click 1
expect '^open choice task$'
sleep 0.3
xdotool key Down Return
expect '^set task'
! echoed '^train' || wrong "a key trained behind a list"

# ---- drag the graph ----------------------------------------------------------
# It pans the time axis and says nothing that it began on.
xdotool key plus
expect '^axis in$'
sleep 0.3
drag 600 300 800
expect '^axis 1 10$'
! echoed '^select\|^seek' || wrong "a drag pressed what it began on"

# ---- play, pause -------------------------------------------------------------
xdotool key space
expect '^play$'
painted_anew() {
    colours playing >/dev/null && ! cmp -s "$folder/first.png" "$folder/playing.png"
}
wait_for painted_anew || wrong "the picture does not move while it plays"
xdotool key space
expect '^pause$'

# ---- the palette -------------------------------------------------------------
# Typed without waiting: nothing behind the colon is lost, and no key binding fires.
xdotool key colon
xdotool type 'theme dark'
xdotool key Return
expect '^palette$'
expect '^theme dark$'
lines=$(wc -l <"$folder/echo")
xdotool key ctrl+k
xdotool type 'q 2 c'
sleep 0.3
xdotool key Escape
sleep 0.3
[ "$(wc -l <"$folder/echo")" = $((lines + 1)) ] || wrong "keys said lines while the palette was open"
xdotool key ctrl+c
expect '^copy state$'
xdotool key ctrl+v
expect '^paste$'
xdotool key Return
expect '^reset$'
expect '^train [0-9]*$'

# ---- pictures, hints ---------------------------------------------------------
xdotool key s
expect '^export png$'
exported() { ls "$folder"/unroll-*.png >/dev/null; }
wait_for exported || wrong "s saved no picture"
picture=$(ls "$folder"/unroll-*.png)
[ "$(identify -format '%w' "$picture")" = 1440 ] && [ "$(identify -format '%h' "$picture")" -gt 900 ] ||
    wrong "the saved picture is $(identify -format '%wx%h' "$picture")" # with its caption it is higher than the window
xdotool mousemove --window "$window" 600 700
sleep 0.3
xdotool key ctrl+s
expect '^export png view$'
exported_view() { ls "$folder"/unroll-*-gradient.png >/dev/null; }
wait_for exported_view || wrong "ctrl+s saved no picture of the gradient: $(ls "$folder")"
[ -s "$XDG_CONFIG_HOME/unroll/hints" ] || wrong "that the hints were shown is not kept"

# ---- resize ------------------------------------------------------------------
xdotool windowsize "$window" 1100 760
resized() { [ "$(size)" = 1100x760 ]; }
wait_for resized || wrong "the window is $(size), not 1100x760"
sized_picture() { colours small >/dev/null && [ "$(identify -format '%wx%h' "$folder/small.png")" = 1100x760 ]; }
wait_for sized_picture || wrong "the picture does not follow the window's size"
[ "$(identify -format '%k' "$folder/small.png")" -gt 100 ] || wrong "the resized window is blank"

# ---- quit --------------------------------------------------------------------
xdotool key ctrl+q
gone() { ! kill -0 "$program"; }
wait_for gone || wrong "the program did not quit"
wait "$program"
status=$?
program=
[ "$status" = 0 ] || wrong "the exit status is $status"
echo "started, pressed, dragged, chose, panned, played, paused, typed, pasted, exported, resized and quit"
