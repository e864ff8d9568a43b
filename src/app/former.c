#include "app/former.h"

#include <stdio.h>
#include <string.h>

#include "app/do.h"

void former_put(App *app, const Session *before)
{
    Run *run = &app->session.runs[0];
    bool alike = app->session.count == 1 && before->count == 1 && before->runs[0].task == run->task;
    if (alike && record_last(before->runs[0].record) > 0)
        run_put_former(run, before->runs[0].record, 0);
}

// "set clip off" is told as "clip off".
static void put_words(const char *how, const char *line, char words[FORMER_NAME])
{
    const char set[] = "set ";
    line += strncmp(line, set, sizeof set - 1) == 0 ? sizeof set - 1 : 0;
    snprintf(words, FORMER_NAME, "%s %s", how, line);
}

void former_name(App *app, const char *how, const char *line)
{
    for (int i = 0; i < app->session.count; i++) {
        Run *run = &app->session.runs[i];
        if (run->former && !*run->former_name)
            put_words(how, line, run->former_name);
    }
}

void former_unname(App *app, const char *how, const char *line)
{
    char words[FORMER_NAME];
    put_words(how, line, words);
    for (int i = 0; i < app->session.count; i++)
        if (strcmp(app->session.runs[i].former_name, words) == 0)
            app->session.runs[i].former_name[0] = 0;
}

bool do_forget(App *app, const Words *words, Err *err)
{
    (void)words;
    (void)err;
    for (int i = 0; i < app->session.count; i++)
        run_put_former(&app->session.runs[i], NULL, 0);
    return true;
}
