#include "app/page_box.h"
#include "app/screen.h"
#include "app/undo.h"

// The journal as a page: every line that training was told and that stands, with the moment at which it was said.
enum { LINE = 22, BETWEEN = 20, WIDTH_LEAST = 300 };

static const char NOTHING[] = "no setting and no weight has been changed yet";

static const char *moment_words(Moment at, DrawList *out)
{
    return at.op == 0 ? draw_print(out, "update %ld", at.update)
                      : draw_print(out, "update %ld, operation %ld", at.update, at.op);
}

static void measure(const App *app, float *moments, float *lines, DrawList *out)
{
    *moments = *lines = 0;
    for (int i = 0; i < undo_count(app); i++) {
        Moment at;
        float line = draw_width(out, TYPE_STRONG, undo_told(app, i, &at));
        float moment = draw_width(out, TYPE_BODY, moment_words(at, out)) + BETWEEN;
        *moments = moment > *moments ? moment : *moments;
        *lines = line > *lines ? line : *lines;
    }
}

static void draw_told(const App *app, int i, Rect row, float moments, DrawList *out)
{
    Moment at;
    const char *line = undo_told(app, i, &at);
    draw_text(out, INK_SOFT, TYPE_BODY, row.x, row.y + 15, ALIGN_LEFT, moment_words(at, out));
    draw_text(out, INK_TEXT, TYPE_STRONG, row.x + moments, row.y + 15, ALIGN_LEFT,
              draw_cut(out, TYPE_STRONG, line, row.w - moments));
}

void journal_page_draw(App *app, Rect window, DrawList *out)
{
    float moments, lines, room = page_box_room(window).w;
    int count = undo_count(app);
    measure(app, &moments, &lines, out);
    float width = count ? moments + lines + 1 : draw_width(out, TYPE_BODY, NOTHING) + 1;
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > room ? room : width;
    Rect body = page_box_draw(app, window, "Journal", width, (float)(LINE * (count ? count : 1)), out);
    for (int i = 0; i < count; i++)
        draw_told(app, i, (Rect){body.x, body.y + (float)(LINE * i), width, LINE}, moments, out);
    if (count == 0)
        draw_text(out, INK_SOFT, TYPE_BODY, body.x, body.y + 15, ALIGN_LEFT, draw_cut(out, TYPE_BODY, NOTHING, width));
    draw_unclip(out);
}
