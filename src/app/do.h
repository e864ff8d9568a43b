#ifndef APP_DO_H
#define APP_DO_H

#include "app/commands.h"

// What the rows of commands.c run. Each may rely on the kinds that its row names.

// do_train.c: training and moving through it
bool do_set(App *app, const Words *words, Err *err);
bool do_reset(App *app, const Words *words, Err *err);
bool do_restart(App *app, const Words *words, Err *err);
bool do_train(App *app, const Words *words, Err *err);
bool do_op(App *app, const Words *words, Err *err);
bool do_step(App *app, const Words *words, Err *err);
bool do_update(App *app, const Words *words, Err *err);
bool do_go(App *app, const Words *words, Err *err);
bool do_seek(App *app, const Words *words, Err *err);
bool do_latest(App *app, const Words *words, Err *err);
bool do_play(App *app, const Words *words, Err *err);
bool do_slow(App *app, const Words *words, Err *err);
bool do_pause(App *app, const Words *words, Err *err);
bool do_stop(App *app, const Words *words, Err *err);

// former.c: the curves of before
bool do_forget(App *app, const Words *words, Err *err);

// undo.c: the journal
bool do_undo(App *app, const Words *words, Err *err);
bool do_redo(App *app, const Words *words, Err *err);

// do_compare.c: several runs
bool do_compare(App *app, const Words *words, Err *err);
bool do_match(App *app, const Words *words, Err *err);
void tell_units(App *app, int before); // of a run that goes on alone, with what it has learned: they are not put back
bool stride_by(App *app, long n, Err *err); // as `go` does
bool do_seeds(App *app, const Words *words, Err *err);

// do_look.c: what is shown
bool do_stride(App *app, const Words *words, Err *err);
bool do_view(App *app, const Words *words, Err *err);
bool do_show(App *app, const Words *words, Err *err);
bool do_layer(App *app, const Words *words, Err *err);
bool do_grain(App *app, const Words *words, Err *err);
bool do_bars(App *app, const Words *words, Err *err);
bool do_gradient(App *app, const Words *words, Err *err);
bool do_pin(App *app, const Words *words, Err *err);
bool do_unpin(App *app, const Words *words, Err *err);
bool do_slices(App *app, const Words *words, Err *err);
bool do_quantity(App *app, const Words *words, Err *err);
bool do_fold(App *app, const Words *words, Err *err);
bool do_gauge(App *app, const Words *words, Err *err);
bool do_theme(App *app, const Words *words, Err *err);
bool do_scale(App *app, const Words *words, Err *err);
bool do_present(App *app, const Words *words, Err *err);
bool do_toggle(App *app, const Words *words, Err *err);
bool do_group(App *app, const Words *words, Err *err);
bool do_more(App *app, const Words *words, Err *err);

// do_weights.c: one weight by hand
bool do_weight(App *app, const Words *words, Err *err);
bool do_choose(App *app, const Words *words, Err *err);
bool do_lane(App *app, const Words *words, Err *err);

// columns.c: time steps and units
bool do_select(App *app, const Words *words, Err *err);
bool do_axis(App *app, const Words *words, Err *err);

// do_open.c: lists of choices and pages over the window
bool do_open(App *app, const Words *words, Err *err);
void popup_open(App *app, Popup popup);
void popup_close(App *app);
void popup_pressed(App *app, const char *line); // something in it, or outside

// palette.c, clipboard.c: a line that is typed, texts from and to elsewhere
bool do_palette(App *app, const Words *words, Err *err);
bool do_paste(App *app, const Words *words, Err *err);
bool do_copy(App *app, const Words *words, Err *err);

// do_files.c: results, files, the end
bool do_print(App *app, const Words *words, Err *err);
bool do_check(App *app, const Words *words, Err *err);
bool do_help(App *app, const Words *words, Err *err);
bool do_quit(App *app, const Words *words, Err *err);

// shot.c, do_record.c, do_export.c: pictures, numbers, and both under a name that is made up
bool do_shot(App *app, const Words *words, Err *err);
bool do_record(App *app, const Words *words, Err *err);
bool do_pairs(App *app, const Words *words, Err *err);
bool do_export(App *app, const Words *words, Err *err);

// do_network.c: networks and texts in files, and whether a gradient is right
bool do_load(App *app, const Words *words, Err *err);
bool do_save(App *app, const Words *words, Err *err);
bool do_trace(App *app, const Words *words, Err *err);
bool do_text(App *app, const Words *words, Err *err);
bool do_gradcheck(App *app, const Words *words, Err *err);

// focus.c: the keyboard instead of the pointer
bool do_focus(App *app, const Words *words, Err *err);
bool do_press(App *app, const Words *words, Err *err);
bool do_nudge(App *app, const Words *words, Err *err);

// hints.c: what a first start shows
bool do_hints(App *app, const Words *words, Err *err);

// scroll.c: the panel at the left
bool do_scroll(App *app, const Words *words, Err *err);

// pages.c: a lesson that is open
bool do_lesson(App *app, const Words *words, Err *err);
bool do_page(App *app, const Words *words, Err *err);
bool do_leave(App *app, const Words *words, Err *err);

// toggle.c: the line that `toggle NAME` says now, or NULL; and the name whose toggle can say a line, or NULL.
const char *toggle_line(App *app, const char *name, Arena *arena);
const char *toggle_of_line(const char *line);

bool refuse_view(const char *name, Err *err); // do_look.c: there is none of that name
bool lessons_read(App *app, Err *err);        // pages.c: fills App.lessons

Setup fresh_setup(const Platform *platform); // what it all begins with
void look_start(App *app);                   // what is shown at the start; theme and scale are a person's own and stay
void look_within(App *app);                  // forgets columns, units and sequences that the network no longer has

#endif
