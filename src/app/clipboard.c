#include "app/clipboard.h"

#include <string.h>

#include "app/commands.h"
#include "app/do.h"
#include "base/text.h"

bool clipboard_copy(App *app, const char *text, Err *err)
{
    if (!app->platform.copy)
        return refuse(err, "there is no clipboard here");
    return app->platform.copy(app->platform.context, text, err);
}

// ---- many lines as one ------------------------------------------------------------------------------------------
// Where a line ends for the grammar: before its comment.
static size_t line_length(const char *line, size_t all)
{
    bool quoted = false;
    for (size_t i = 0; i < all; i++) {
        quoted = quoted != (line[i] == '"');
        if (line[i] == '#' && !quoted)
            return i;
    }
    return all;
}

static bool is_blank(char c)
{
    return (c >= 0 && c <= ' ') || c == 127; // other signs that are not seen count as blanks
}

static void add_line(Text *out, const char *line, size_t length)
{
    while (length > 0 && (is_blank(*line) || *line == ';'))
        line++, length--;
    while (length > 0 && (is_blank(line[length - 1]) || line[length - 1] == ';'))
        length--;
    if (length == 0)
        return;
    text_add(out, "%s", out->length ? "; " : "");
    for (size_t i = 0; i < length; i++)
        text_add(out, "%c", is_blank(line[i]) ? ' ' : line[i]);
}

bool clipboard_line(App *app, Arena *arena, const char **line, Err *err)
{
    char *text;
    if (!app->platform.paste)
        return refuse(err, "there is no clipboard here");
    if (!app->platform.paste(app->platform.context, arena, &text, err))
        return false;
    Text out = text_make(arena);
    for (const char *at = text; *at; at += *at == '\n') {
        size_t all = strcspn(at, "\n");
        add_line(&out, at, line_length(at, all));
        at += all;
    }
    *line = out.text;
    return out.length > 0 || refuse(err, "the clipboard is empty");
}

// ---- results ----------------------------------------------------------------------------------------------------
bool do_copy(App *app, const Words *words, Err *err)
{
    const Printable *printable = printable_find(words->word[1], err);
    Arena scratch = arena_make(1 << 12);
    bool done = printable && printable_ready(app, printable, err) &&
                clipboard_copy(app, printable_value(app, printable, &scratch), err);
    if (done)
        app_tell(app, false, arena_print(&scratch, "copied: %s", printable->what));
    arena_free(&scratch);
    return done;
}
