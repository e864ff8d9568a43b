#include "app/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/do.h"
#include "app/former.h"
#include "app/play.h"
#include "sim/history.h"

static const double FORMERS_BYTES = 536870912.0; // 512 MiB, of former runs
enum { FORMERS_MOST = 8 };

struct Told {
    Arena arena; // it lies in it
    const char *line;
    long gesture; // of the hand that said it; 0: none
    long from;    // the first update that it was said for
    long done;    // updates when it had been carried out
    Moment at;    // where the reader was,
    Moment left;  // and when it was taken back

    // a live change: of each run the first update it acts on, and what it was told before and after
    long update[RUNS_MOST];
    ChangeList before[RUNS_MOST], after[RUNS_MOST];

    // a new start, or one run of several that went on alone: the runs that are not there now, with what they were told
    // from files
    Session *former; // NULL: a live change
    int lane;        // of the run that went on alone; NONE
    const char *text, *loaded;
};

static void forget(Told *told)
{
    Arena arena = told->arena;
    if (told->former)
        session_free(told->former);
    arena_free(&arena);
}

// ---- the list -------------------------------------------------------------------------------------------------
static void forget_undone(App *app)
{
    Journal *journal = &app->journal;
    while (journal->undone > 0)
        forget(journal->told[journal->count + --journal->undone]);
}

// Before the first one that stays there is nothing to go back to any more.
static void forget_first(Journal *journal)
{
    forget(journal->told[0]);
    journal->count--;
    memmove(journal->told, journal->told + 1, sizeof *journal->told * (size_t)(journal->count + journal->undone));
}

static double formers(const Journal *journal, int *count)
{
    double bytes = 0;
    *count = 0;
    for (int i = 0; i < journal->count + journal->undone; i++) {
        const Told *told = journal->told[i];
        bytes += told->former ? (double)session_bytes(told->former) : 0;
        *count += told->former != NULL;
    }
    return bytes;
}

static void keep_within_bounds(Journal *journal)
{
    int count;
    while (journal->count > 0 && (formers(journal, &count) > FORMERS_BYTES || count > FORMERS_MOST))
        forget_first(journal);
    while (journal->count > TOLD_MOST - 1)
        forget_first(journal);
}

void undo_free(App *app)
{
    forget_undone(app);
    while (app->journal.count > 0)
        forget_first(&app->journal);
}

static const char *how_left(const Told *told)
{
    return told->former ? "before" : "without";
}

// ---- noting ---------------------------------------------------------------------------------------------------
static void list_changes(const App *app, Told *told, ChangeList *list)
{
    for (int i = 0; i < app->session.count; i++)
        list[i] = history_list(&app->session.runs[i], &told->arena);
}

void undo_watch(App *app, const char *line, Watch *watch)
{
    Arena arena = arena_make(1 << 10);
    Told *told = arena_new(&arena, Told, 1);
    told->line = arena_print(&arena, "%s", line);
    told->gesture = app->of_gesture;
    told->at = session_at(&app->session);
    told->text = app->text;
    told->loaded = app->loaded;
    told->arena = arena;
    told->from = session_lead(&app->session)->done + 1;
    for (int i = 0; i < app->session.count; i++)
        told->update[i] = app->session.runs[i].done + 1;
    list_changes(app, told, told->before);
    *watch = (Watch){.told = told};
    app->session.former = &watch->former;
}

static bool same_changes(const ChangeList *a, const ChangeList *b)
{
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++) {
        const Change *x = &a->change[i], *y = &b->change[i];
        same = x->update == y->update && x->setting == y->setting && x->weight == y->weight && x->value == y->value;
    }
    return same;
}

static bool has_changed(const App *app, Told *told)
{
    bool same = true;
    list_changes(app, told, told->after);
    for (int i = 0; i < app->session.count; i++)
        same = same && same_changes(&told->before[i], &told->after[i]);
    return !same;
}

// "set gain 1" and "set gain 1.1" are of one kind.
static bool same_but_for_the_last_word(const char *a, const char *b)
{
    const char *end = strrchr(a, ' '), *other = strrchr(b, ' ');
    return end && other && end - a == other - b && strncmp(a, b, (size_t)(end - a)) == 0;
}

// The same hand goes on with the same thing; a key, only if nothing was trained between.
static bool goes_on(const Told *last, const Told *told)
{
    bool hand = told->gesture != 0 && told->gesture == last->gesture;
    bool trained = told->gesture < 0 && told->from - 1 != last->done;
    return hand && !trained && !last->former == !told->former && same_but_for_the_last_word(last->line, told->line);
}

// What the hand came from stays what undo gives back.
static void join(Told *last, Told *told)
{
    last->line = arena_print(&last->arena, "%s", told->line);
    last->done = told->done;
    for (int i = 0; i < RUNS_MOST && !told->former; i++) {
        const ChangeList *list = &told->after[i];
        Change *change = arena_new(&last->arena, Change, list->count + 1);
        if (list->count)
            memcpy(change, list->change, sizeof *change * (size_t)list->count);
        last->after[i] = (ChangeList){change, list->count};
    }
    forget(told);
}

static void add(Journal *journal, Told *told)
{
    keep_within_bounds(journal);
    journal->told[journal->count++] = told;
    keep_within_bounds(journal);
}

static void keep_former(Told *told, const Session *former)
{
    told->lane = former->lent - 1;
    if (former->count == 0)
        return;
    told->former = arena_new(&told->arena, Session, 1);
    *told->former = *former;
    told->former->former = NULL;
}

void undo_note(App *app, Watch *watch)
{
    Told *told = watch->told;
    Journal *journal = &app->journal;
    app->session.former = NULL;
    keep_former(told, &watch->former);
    if (!told->former && !has_changed(app, told)) {
        forget(told);
        return;
    }
    forget_undone(app);
    told->done = session_lead(&app->session)->done;
    Told *last = journal->count > 0 ? journal->told[journal->count - 1] : NULL;
    if (last && goes_on(last, told)) {
        former_unname(app, how_left(last), last->line);
        join(last, told);
    } else
        add(journal, told);
    last = journal->told[journal->count - 1];
    if (last->former)
        former_put(app, last->former);
    former_name(app, how_left(last), last->line);
}

// ---- taking back and making again -------------------------------------------------------------------------------
// The run that went on alone goes back to where the others wait for it.
static void come_together(App *app, Told *told)
{
    int lane = told->lane;
    session_give_back(&app->session, told->former);
    history_put_list(&app->session.runs[lane], told->update[lane], &told->before[lane]);
    session_go(&app->session, told->at);
}

static void go_alone(App *app, Told *told)
{
    app->session.former = told->former;
    session_alone(&app->session, told->lane);
    told->former->former = NULL;
}

static void swap_runs(App *app, Told *told)
{
    const char *text = app->text, *loaded = app->loaded;
    if (told->lane == NONE)
        session_swap(&app->session, told->former);
    else if (told->former->count > 0)
        come_together(app, told);
    else
        go_alone(app, told);
    app->text = told->text;
    app->loaded = told->loaded;
    told->text = text;
    told->loaded = loaded;
    memset(app->broken_told, 0, sizeof app->broken_told);
    if (told->former->count > 0)
        former_put(app, told->former);
    look_within(app);
}

static void put_changes(App *app, const Told *told, const ChangeList *list, Moment then)
{
    play_pause(app);
    for (int i = 0; i < app->session.count; i++)
        history_put_list(&app->session.runs[i], told->update[i], &list[i]);
    session_go(&app->session, then);
}

static void tell(App *app, const char *what, const Told *told)
{
    char text[300];
    if (told->former)
        snprintf(text, sizeof text, "%s: %s", what, told->line);
    else
        snprintf(text, sizeof text, "%s: %s, at update %ld", what, told->line, told->from);
    app_tell(app, false, text);
}

bool undo_last(App *app, Err *err)
{
    Journal *journal = &app->journal;
    if (journal->count == 0)
        return refuse(err, "there is no change of a setting or a weight to take back");
    Told *told = journal->told[--journal->count];
    journal->undone++;
    told->left = session_at(&app->session);
    if (told->former)
        swap_runs(app, told);
    else
        put_changes(app, told, told->before, told->at);
    former_name(app, "with", told->line);
    tell(app, "taken back", told);
    return true;
}

bool redo_next(App *app, Err *err)
{
    Journal *journal = &app->journal;
    if (journal->undone == 0)
        return refuse(err, "nothing that was taken back can be made again");
    Told *told = journal->told[journal->count++];
    journal->undone--;
    if (told->former)
        swap_runs(app, told);
    else
        put_changes(app, told, told->after, told->left);
    former_name(app, how_left(told), told->line);
    tell(app, "made again", told);
    return true;
}

bool do_undo(App *app, const Words *words, Err *err)
{
    (void)words;
    return undo_last(app, err);
}

bool do_redo(App *app, const Words *words, Err *err)
{
    (void)words;
    return redo_next(app, err);
}

// ---- what there is --------------------------------------------------------------------------------------------
const char *undo_line(const App *app)
{
    const Journal *journal = &app->journal;
    return journal->count > 0 ? journal->told[journal->count - 1]->line : NULL;
}

const char *redo_line(const App *app)
{
    const Journal *journal = &app->journal;
    return journal->undone > 0 ? journal->told[journal->count]->line : NULL;
}

int undo_count(const App *app)
{
    return app->journal.count;
}

const char *undo_told(const App *app, int i, Moment *at)
{
    *at = app->journal.told[i]->at;
    return app->journal.told[i]->line;
}
