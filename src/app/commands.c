#include "app/commands.h"

#include <string.h>

#include "app/do.h"

// clang-format off
const Command commands[] = {
    { "set",      "ww",  "NAME VALUE",    "Set",            "Changes a setting; those of the network start training again.", .run = do_set, .trains = true },
    { "reset",    "",    "",              "Reset",          "Goes back to the settings and the network of the start.", .run = do_reset, .trains = true },
    { "restart",  "",    "",              "Restart",        "Trains anew from update 0 with the same settings and seed.", .run = do_restart, .trains = true },
    { "compare",  "ww*", "cells|off|SETTING V1 V2...", "Compare", "Trains one net with each of 2 to 4 values of a setting, side by side; cells: RNN, LSTM and GRU.", .run = do_compare, .trains = true },
    { "match",    "c",   "hidden|weights", "Match",        "Gives the nets compared the same hidden units, or about the same number of weights.", .run = do_match, .trains = true },
    { "seeds",    "c",   "1|3|5",         "Seeds",          "Trains each net with so many random seeds; the curves show median and range.", .run = do_seeds, .trains = true },
    { "undo",     "",    "",              "Undo",           "Takes back the last change of a setting or a weight; after a new start it gives the former run back.", .run = do_undo },
    { "redo",     "",    "",              "Redo",           "Makes again what was taken back.", .run = do_redo },
    { "forget",   "",    "",              "Forget",         "Takes the faint curves away that show what training did before the last change.", .run = do_forget, .at_once = true },
    { "train",    "n",   "N",             "Train",          "Trains until N more updates are done.", .run = do_train, .low = 1, .high = 1e9 },
    { "op",       "n",   "N",             "Operations",     "Goes N operations on, or back when N is negative.", .run = do_op, .low = -1e6, .high = 1e6 },
    { "step",     "n",   "N",             "Time steps",     "Goes N time steps on, or back when N is negative.", .run = do_step, .low = -1e6, .high = 1e6 },
    { "update",   "n",   "N",             "Updates",        "Goes N updates on, or back when N is negative.", .run = do_update, .low = -1e6, .high = 1e6 },
    { "stride",   "c",   "op|step|update", "Stride",        "Chooses how far go goes.", .run = do_stride, .at_once = true },
    { "go",       "n",   "N",             "Go",             "Goes N strides on, or back when N is negative.", .run = do_go, .low = -1e6, .high = 1e6 },
    { "seek",     "n?n", "UPDATE [OP]",   "Go to",          "Goes to an operation of an update that has been reached, or to its end.", .run = do_seek, .low = 0, .high = 1e15 },
    { "latest",   "",    "",              "Latest",         "Goes to the last update reached.", .run = do_latest },
    { "play",     "",    "",              "Play",           "Trains on, as many updates a second as the setting speed says.", .run = do_play },
    { "slow",     "c",   "op|step",       "Play slowly",    "Plays through every update, an operation or a time step after another, as many a second as the setting pace says.", .run = do_slow },
    { "pause",    "",    "",              "Pause",          "Stops playing.", .run = do_pause },
    { "stop",     "",    "",              "Stop",           "Closes what is open, or drops what is being worked on and the lines that wait.", .run = do_stop, .at_once = true },
    { "view",     "w",   "NAME|usual",          "View",           "Chooses the large view of the presentation, usual: as it opens; weights stand in the window too.", .run = do_view, .at_once = true },
    { "show",     "n",   "B",             "Show sequence",  "Chooses the sequence of the batch that is shown.", .run = do_show, .low = 1, .high = 64, .at_once = true },
    { "select",   "w?n", "T UNIT|next|previous|down|up", "Select", "Marks a time step and a unit, or the one beside those marked; 0 marks none.", .run = do_select, .at_once = true },
    { "layer",    "w?w", "N [forward|backward]|next|follow", "Layer", "Chooses the layer and direction that is shown, or follows the operation.", .run = do_layer, .at_once = true },
    { "axis",     "w?n", "FIRST LAST|fit|in|out|left|right", "Time axis", "Shows the time steps FIRST to LAST, all of them, fewer, more, or those beside.", .run = do_axis, .at_once = true },
    { "grain",    "c",   "op|step|update|next", "Grain",    "Chooses what the inspector explains: an operation, a time step or an update.", .run = do_grain, .at_once = true },
    { "bars",     "c",   "log|linear",    "Bars",           "Chooses the axis of the gradient bars.", .run = do_bars, .at_once = true },
    { "gradient", "c",   "h|c",           "Gradient of",    "Chooses the state whose gradient the bars show.", .run = do_gradient, .at_once = true },
    { "slices",   "c",   "on|off",        "Slices",         "Shows the gradient of the weights opened by time step.", .run = do_slices, .at_once = true },
    { "pin",      "?w?n", "[NAME|#ID [PART]]", "Pin",      "Keeps the tip of a thing on the screen, or of an update of a curve or a cell of a map; without a name, of what is pointed at, as a press does. Of more than six the oldest goes.", .run = do_pin, .low = 0, .high = 1e15, .at_once = true },
    { "unpin",    "?w?n", "[NAME|#ID [PART]]", "Unpin",    "Takes a tip away that was pinned, or all of them.", .run = do_unpin, .low = 0, .high = 1e15, .at_once = true },
    { "quantity", "w",   "h|c|f|...",     "Quantity",       "Chooses what the lanes of a comparison show over time: a state, a gate or a sum.", .run = do_quantity, .at_once = true },
    { "lane",     "n",   "N",             "Lane",           "Chooses the network of a comparison whose weights are shown.", .run = do_lane, .low = 1, .high = LANES_MOST, .at_once = true },
    { "weight",   "wnnr", "NAME ROW COLUMN VALUE", "Set weight", "Sets one weight by hand; it acts from this update on.", .run = do_weight, .trains = true },
    { "choose",   "w?n?n", "NAME [ROW COLUMN]|left|right|up|down|none", "Choose weight", "Chooses the weight that the view weights sets, or the one beside it.", .run = do_choose, .at_once = true },
    { "fold",     "c",   "on|off",        "Fold",           "Folds the graph to the loop it was unrolled from.", .run = do_fold, .at_once = true },
    { "gauge",    "c",   "on|off",        "Gauge",          "Shows the clip gauge instead of the gradient norm of every update.", .run = do_gauge, .at_once = true },
    { "theme",    "c",   "light|dark",    "Theme",          "Chooses the colours.", .run = do_theme, .at_once = true },
    { "scale",    "w",   "FACTOR|up|down", "Scale",         "Makes everything in the window larger or smaller.", .run = do_scale, .at_once = true },
    { "present",  "c",   "on|off",        "Present",        "One large view, for a projector; first the way back, then what `view` chooses.", .run = do_present, .at_once = true },
    { "toggle",   "w",   "NAME",          "Toggle",         "Turns to the other: play, slow, theme, fold, slices, weights, bars, gradient, gauge, present, compare or a setting of two values.", .run = do_toggle },
    { "group",    "w",   "NAME",          "Group",          "Folds a group of settings, or opens it.", .run = do_group, .at_once = true },
    { "more",     "w",   "NAME",          "More",           "Shows all settings of a group, or the basic ones.", .run = do_more, .at_once = true },
    { "open",     "w?w", "keys|journal|lessons|compare [NAME]|choice NAME|none", "Open", "Opens a page or a list of choices, or closes it.", .run = do_open, .at_once = true },
    { "palette",  "?w",  "[TEXT]",        "Palette",        "Opens a field that finds commands, settings and choices by typing; any line can be typed there.", .run = do_palette, .at_once = true },
    { "hints",    "c",   "on|off|next",   "Hints",          "Shows the three hints of the first start again, or ends them.", .run = do_hints, .at_once = true },
    { "focus",    "c",   "next|previous", "Focus",          "Gives the keyboard to another control.", .run = do_focus, .at_once = true },
    { "press",    "",    "",              "Press",          "Presses the control that has the keyboard.", .run = do_press },
    { "scroll",   "n",   "N",             "Scroll",         "Scrolls the panel at the left N lines down, or up when N is negative.", .run = do_scroll, .low = -1e4, .high = 1e4, .at_once = true },
    { "nudge",    "n",   "N",             "Nudge",          "Moves the slider that has the keyboard by N small steps.", .run = do_nudge, .low = -1000, .high = 1000 },
    { "lesson",   "l",   "FILE",          "Lesson",         "Opens a lesson at its first page.", .run = do_lesson },
    { "page",     "w",   "N|next|back",   "Page",           "Turns to a page of the lesson.", .run = do_page },
    { "leave",    "",    "",              "Leave",          "Closes the lesson and keeps the network as it is.", .run = do_leave, .at_once = true },
    { "print",    "ww*", "NAME...",       "Print",          "Prints results, one a line.", .run = do_print },
    { "copy",     "w",   "NAME",          "Copy",           "Copies to the clipboard what print says; copy state copies the line that restores this moment.", .run = do_copy },
    { "paste",    "",    "",              "Paste",          "Opens the palette with the line that the clipboard holds.", .run = do_paste, .at_once = true },
    { "check",    "ww*", "CLAIM",         "Check",          "Refuses a claim that is not true, such as loss < 0.25.", .run = do_check },
    { "record",   "l?w", "FILE.csv [curves|steps]", "Record", "Writes loss and gradient norm of every update, or the norms at every time step.", .run = do_record },
    { "shot",     "l?w", "FILE.png|.svg [VIEW]", "Picture", "Saves the screen, or one view, as a picture.", .run = do_shot },
    { "export",   "w?w", "png [VIEW|view]|svg [VIEW|view]|curves|steps|weights|pytorch|state", "Export", "Saves a picture with a caption, or numbers, under a name that says what it shows; view is the one pointed at. A PyTorch program has the loss shown here if its weights were saved before they changed: op -1.", .run = do_export },
    { "load",     "l",   "FILE.safetensors", "Load",        "Starts training from the network in a file, as PyTorch writes it; the activation stays as set where the file names none.", .run = do_load, .trains = true },
    { "save",     "l",   "FILE.safetensors", "Save",        "Writes the weights of this moment, as PyTorch reads them, and the batch; op -1 first writes those that it was read with.", .run = do_save },
    { "trace",    "ll",  "IN.safetensors OUT.safetensors", "Trace", "Runs the network and the data of a file and writes all values and gradients.", .run = do_trace },
    { "text",     "?l",  "[FILE]",        "Text",           "Learns the letters of a text; without FILE, of the built-in one. What counts is a to z, capitals as small letters, and . ! ? as one stop; all else is a blank, and blanks in a row are one.", .run = do_text, .trains = true },
    { "pairs",    "l",   "FILE.csv",      "Pairs",          "Writes how each time step of the shown sequence acts on each other: state, direct path, loss.", .run = do_pairs },
    { "gradcheck", "",   "",              "Check gradient", "Compares the gradient with differences of the loss and prints the worst error, as a part of the largest gradient of its tensor. Skipped are weights where two differences disagree, as beside a kink of ReLU: they mean nothing there. In unroll-fast all of it is float, and coarse; unroll checks in double.", .run = do_gradcheck },
    { "help",     "?w",  "[COMMAND]",     "Help",           "Prints what a command takes and does.", .run = do_help, .at_once = true },
    { "quit",     "",    "",              "Quit",           "Ends the program.", .run = do_quit, .at_once = true },
    { 0 },
};

const KeyBinding key_bindings[] = {
    { "space",        "toggle play",     "play or pause",               "Play" },
    { "d",            "toggle slow",     "play in detail, step by step",   "Play" },
    { "return",       "train 1",         "one update",                  "Play" },
    { "shift+return", "train 100",       "100 updates",                 "Play" },
    { "escape",       "stop",            "stop, close",                 "Play" },
    { "z",            "update -10",      "back 10 updates",             "Play" },
    { "ctrl+z",       "undo",            "take the last change back",   "Play" },
    { "ctrl+shift+z", "redo",            "make it again",               "Play" },
    { "ctrl+y",       "redo",            "make it again",               "Play" },
    { "home",         "seek 0",          "the fresh network",           "Play" },
    { "end",          "latest",          "the last update reached",     "Play" },
    { "right",        "go 1",            "on",                          "Step" },
    { "left",         "go -1",           "back",                        "Step" },
    { ".",            "op 1",            "next operation",              "Step" },
    { ",",            "op -1",           "operation before",            "Step" },
    { "shift+right",  "step 1",          "next time step",              "Step" },
    { "shift+left",   "step -1",         "time step before",            "Step" },
    { "ctrl+right",   "update 1",        "next update",                 "Step" },
    { "ctrl+left",    "update -1",       "update before",               "Step" },
    { "1",            "set cell rnn",    "vanilla RNN",                 "Network" },
    { "2",            "set cell lstm",   "LSTM",                        "Network" },
    { "3",            "set cell gru",    "GRU",                         "Network" },
    { "k",            "toggle compare",  "compare RNN, LSTM, GRU",      "Network" },
    { "c",            "toggle clip",     "gradient clipping",           "Network" },
    { "]",            "select next",     "mark the next time step",     "Time axis" },
    { "[",            "select previous", "the time step before",        "Time axis" },
    { "shift+down",   "select down",     "the next unit",               "Time axis" },
    { "shift+up",     "select up",       "the unit before",             "Time axis" },
    { "+",            "axis in",         "fewer time steps, larger",    "Time axis" },
    { "-",            "axis out",        "more time steps, smaller",    "Time axis" },
    { "}",            "axis right",      "later time steps",            "Time axis" },
    { "{",            "axis left",       "earlier time steps",          "Time axis" },
    { "a",            "axis fit",        "all time steps",              "Time axis" },
    { "b",            "toggle bars",     "bars: logarithmic or linear", "Look" },
    { "g",            "toggle gradient", "bars: gradient of h or c",    "Look" },
    { "i",            "grain next",      "inspect operation, step, update", "Look" },
    { "w",            "toggle slices",   "gradient of the weights by time step", "Look" },
    { "m",            "toggle weights",  "all weights, to set one by hand", "Look" },
    { "p",            "pin",             "pin, as a press does; Ctrl press goes there", "Look" },
    { "f",            "toggle fold",     "fold the graph",              "Look" },
    { "l",            "layer next",      "next layer or direction",     "Look" },
    { "t",            "toggle theme",    "light or dark",               "Look" },
    { "f5",           "toggle present",  "presentation",                "Look" },
    { "v",            "open choice view", "choose the view of it",      "Look" },
    { "ctrl+plus",    "scale up",        "larger",                      "Look" },
    { "ctrl+minus",   "scale down",      "smaller",                     "Look" },
    { "ctrl+0",       "scale 1",         "ordinary size",               "Look" },
    { "alt+right",    "choose right",    "the weight at the right",     "Weights" },
    { "alt+left",     "choose left",     "the weight at the left",      "Weights" },
    { "alt+down",     "choose down",     "the weight below",            "Weights" },
    { "alt+up",       "choose up",       "the weight above",            "Weights" },
    { "s",            "export png",      "save a picture of the window", "Find and save" },
    { "ctrl+s",       "export png view", "save a picture of the view pointed at", "Find and save" },
    { ":",            "palette",         "find or type a command",      "Find and save" },
    { "ctrl+k",       "palette",         "the same",                    "Find and save" },
    { "ctrl+c",       "copy state",      "copy the line of this moment", "Find and save" },
    { "ctrl+v",       "paste",           "paste a line",                "Find and save" },
    { "tab",          "focus next",      "next control",                "Controls" },
    { "shift+tab",    "focus previous",  "control before",              "Controls" },
    { "up",           "nudge 1",         "more",                        "Controls" },
    { "down",         "nudge -1",        "less",                        "Controls" },
    { "pagedown",     "page next",       "next page of the lesson",     "Controls" },
    { "pageup",       "page back",       "page before",                 "Controls" },
    { "shift+pagedown", "scroll 12",     "scroll down",                 "Controls" },
    { "shift+pageup", "scroll -12",      "scroll up",                   "Controls" },
    { "?",            "open keys",       "this page",                   "Controls" },
    { "ctrl+q",       "quit",            "quit",                        "Controls" },
    { 0 },
};
// clang-format on

const Command *command_find(const char *name, Err *err)
{
    Nearest nearest = nearest_to(name);
    for (const Command *command = commands; command->name; command++) {
        if (strcmp(command->name, name) == 0)
            return command;
        nearest_offer(&nearest, command->name);
    }
    const char *best = nearest_best(&nearest);
    if (best)
        refuse(err, "there is no command \"%s\", did you mean \"%s\"?", name, best);
    else
        refuse(err, "there is no command \"%s\"", name);
    return NULL;
}

static const char *key_of_exactly(const char *line)
{
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strcmp(binding->line, line) == 0)
            return binding->key;
    return NULL;
}

// A key that toggles is the key of both lines that it can say.
const char *key_of_line(const char *line)
{
    const char *key = key_of_exactly(line), *toggle = key ? NULL : toggle_of_line(line);
    return toggle ? key_of_exactly(toggle) : key;
}
