#include "app/play.h"
#include "app/screen.h"

#include "base/words.h"
#include "views/curves.h"

// The NOW block: the numbers of this moment. What this update does not have yet is shown of the last one, greyed and
// named so; what neither has is left out. While it plays there is no moment: the numbers are those of the last update.
enum { LINE = 21 };

typedef struct {
    const App *app;
    const Run *run;
    DrawList *out;
    Rect area;
    float y;
} Now;

static void put_row(Now *now, const char *label, const char *value, Ink ink)
{
    Rect row = {now->area.x, now->y, now->area.w, LINE};
    value_row(now->out, row, label, value, ink, ink == INK_FAINT ? TYPE_BODY : TYPE_STRONG);
    now->y += LINE;
}

// ---- numbers of an update -----------------------------------------------------------------------------------
typedef struct {
    const char *now, *name; // "loss L"; "loss", of an update that is told
    const char *tip;
    Curve curve;
    long known;   // after that many operations
    double value; // of the update on the tape
} Number;

static bool number_now(const Run *run, const Number *number, double *value)
{
    if (run->at.update < 1 || run->at.op < number->known)
        return false;
    *value = number->value;
    return run_taped(run) || record_get(run->record, number->curve, run->at.update, value);
}

static void put_tip(Now *now, const Number *number)
{
    draw_hot(now->out, (Hot){.id = hot_id(draw_print(now->out, "now %s", number->name)),
                             .area = {now->area.x, now->y, now->area.w, LINE},
                             .tip = number->tip,
                             .pointed = {0, NONE, NONE}});
}

static void put_number(Now *now, const Number *number)
{
    char text[NUMBER_SIZE], update[NUMBER_SIZE];
    double value;
    const Run *run = now->run;
    bool known = number_now(run, number, &value), playing = play_by_updates(now->app);
    long of = run->at.update - !known;
    if (!known && (of < 1 || !record_get(run->record, number->curve, of, &value)))
        return;
    const char *label = draw_print(now->out, "%s, update %s", number->name, number_grouped(update, of));
    put_tip(now, number);
    put_row(now, known && !playing ? number->now : label, number_short(text, value),
            known || playing ? INK_TEXT : INK_FAINT);
}

// ---- the answer ---------------------------------------------------------------------------------------------
// Of the shown sequence, at its last scored step; what is no number is no answer.
static void put_answer(Now *now)
{
    char answer[TASK_TEXT], target[TASK_TEXT];
    const Snapshot *s = &now->app->snapshot;
    int t = snapshot_last_scored(s);
    bool right;
    if (!t || now->run->broken.update || !snapshot_answer_is_right(s, t, &right) ||
        !snapshot_answer_text(s, t, answer) || !snapshot_target_text(s, t, target))
        return;
    const char *text =
        right ? draw_print(now->out, "right: %s", answer) : draw_print(now->out, "wrong: %s, not %s", answer, target);
    put_row(now, s->probe ? "answer (probe)" : "answer", text, INK_TEXT);
}

// ---- where it is ----------------------------------------------------------------------------------------------
static void put_place(Now *now)
{
    static const struct {
        const char *text;
        Ink ink;
    } phases[] = {
        [PHASE_START] = {"before the first operation", INK_TEXT}, [PHASE_FORWARD] = {"forward, t = %d", INK_FORWARD},
        [PHASE_BACKWARD] = {"backward, t = %d", INK_BACKWARD},    [PHASE_CLIP] = {"clipping", INK_CLIP},
        [PHASE_CHANGE] = {"weights changed", INK_TEXT},
    };
    Place place = program_place(&now->run->program, now->run->at.op);
    bool measured = place.phase == PHASE_CLIP && now->run->setup.clip == CLIP_OFF;
    const char *text = measured ? "gradient measured" : phases[place.phase].text;
    if (play_by_updates(now->app))
        put_row(now, "now", "training", INK_TEXT);
    else if (place.t > 0)
        put_row(now, "now", draw_print(now->out, text, wording_t(&now->run->setup, place.t)), phases[place.phase].ink);
    else
        put_row(now, "now", now->run->at.update ? text : "fresh weights",
                measured ? INK_BACKWARD : phases[place.phase].ink);
}

// ---- several networks -----------------------------------------------------------------------------------------
static void put_compared(Now *now)
{
    char number[NUMBER_SIZE], seeds[SEEDS_TEXT];
    const Session *session = &now->app->session;
    put_row(now, "same",
            draw_print(now->out, "%s, %s update%s", session_seeds(session, seeds),
                       number_grouped(number, now->run->done), now->run->done == 1 ? "" : "s"),
            INK_TEXT);
    for (int lane = 0; lane < session->comparison.lanes; lane++) {
        const char *weights = number_grouped(number, (long)session->runs[lane].program.weight_count);
        put_row(now, lane_name(&now->app->snapshot, lane, now->out), draw_print(now->out, "%s weights", weights),
                lane_ink(&now->app->snapshot, lane));
    }
}

float now_draw(const App *app, Rect area, DrawList *out)
{
    const Run *run = session_lead(&app->session);
    const Program *p = &run->program;
    long forward = program_value_known(p, p->loss, p->dims.T), clip = program_op(p, (Place){.phase = PHASE_CLIP});
    Now now = {app, run, out, area, area.y};
    draw_text(out, INK_FAINT, TYPE_SECTION, area.x, area.y + 17, ALIGN_LEFT, "NOW");
    now.y += 26;
    if (lanes_shown(app)) {
        put_compared(&now);
        return now.y - area.y;
    }
    put_number(&now,
               &(Number){"loss L of the batch", "loss",
                         "loss per scored step, the mean over the batch; the graph shows the loss of one sequence",
                         CURVE_LOSS, forward, run->loss});
    put_answer(&now);
    put_number(&now, &(Number){"‖g‖", "‖g‖", "length of the gradient of all weights, before any clipping", CURVE_NORM,
                               clip, run->norm});
    if (run->setup.clip)
        put_number(&now,
                   &(Number){"clipped", "clipped", "its length after clipping", CURVE_CLIPPED, clip, run->clipped});
    put_place(&now);
    return now.y - area.y;
}
