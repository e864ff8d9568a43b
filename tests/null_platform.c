#include "null_platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static double now(void *context)
{
    NullWorld *world = context;
    return world->seconds += world->per_look;
}

static bool read_file(void *context, const char *path, Arena *arena, char **text, size_t *size, Err *err)
{
    const NullWorld *world = context;
    return world->no_files ? refuse(err, "there are no files") : file_read(path, arena, text, size, err);
}

static void add_line(char *kept, size_t size, const char *text)
{
    size_t length = strlen(kept);
    snprintf(kept + length, size - length, "%s\n", text);
}

static bool write_file(void *context, const char *path, const char *text, size_t size, Err *err)
{
    NullWorld *world = context;
    if (strncmp(path, "/nowhere/", 9) == 0)
        return refuse(err, "cannot write \"%s\": no such folder", path);
    snprintf(world->written, sizeof world->written, "%.*s", (int)size, text);
    add_line(world->saved, sizeof world->saved, path);
    return true;
}

static bool save_picture(void *context, const DrawList *list, const Theme *theme, double scale, int width, int height,
                         const char *path, Err *err)
{
    (void)theme, (void)scale, (void)err;
    NullWorld *world = context;
    world->pictures++;
    world->picture_width = width;
    world->picture_height = height;
    snprintf(world->description, sizeof world->description, "%s", list->caption.description);
    snprintf(world->state, sizeof world->state, "%s", list->caption.comment);
    world->texts[0] = 0;
    for (int i = 0; i < list->count; i++)
        if (list->shapes[i].kind == SHAPE_TEXT)
            add_line(world->texts, sizeof world->texts, list->shapes[i].text);
    add_line(world->saved, sizeof world->saved, path);
    return true;
}

static bool exists(void *context, const char *path)
{
    const char *saved = ((NullWorld *)context)->saved;
    size_t length = strlen(path);
    for (const char *at = saved; *at; at += strcspn(at, "\n") + 1)
        if (strncmp(at, path, length) == 0 && at[length] == '\n')
            return true;
    return false;
}

static bool recall(void *context, const char *name, Arena *arena, char **text)
{
    (void)name;
    *text = arena_print(arena, "%s", ((NullWorld *)context)->kept);
    return **text != 0;
}

static bool keep(void *context, const char *name, const char *text, Err *err)
{
    NullWorld *world = context;
    if (world->keeps_nothing)
        return refuse(err, "cannot write \"%s\": no such folder", name);
    snprintf(world->kept, sizeof world->kept, "%s", text);
    return true;
}

static bool copy(void *context, const char *text, Err *err)
{
    NullWorld *world = context;
    if (strlen(text) >= sizeof world->clipboard)
        return refuse(err, "the clipboard takes nothing: too long");
    strcpy(world->clipboard, text);
    return true;
}

static bool paste(void *context, Arena *arena, char **text, Err *err)
{
    (void)err;
    *text = arena_print(arena, "%s", ((NullWorld *)context)->clipboard);
    return true;
}

static void print(void *context, const char *text)
{
    NullWorld *world = context;
    add_line(world->printed, sizeof world->printed, text);
}

static void warn(void *context, const char *text)
{
    NullWorld *world = context;
    add_line(world->warned, sizeof world->warned, text);
}

static void echo(void *context, const char *line)
{
    NullWorld *world = context;
    add_line(world->echoed, sizeof world->echoed, line);
}

Platform null_platform(NullWorld *world)
{
    memset(world, 0, sizeof *world);
    world->per_look = 0.001;
    return (Platform){.context = world,
                      .now = now,
                      .read_file = read_file,
                      .write_file = write_file,
                      .save_picture = save_picture,
                      .print = print,
                      .warn = warn,
                      .echo = echo,
                      .exists = exists,
                      .recall = recall,
                      .keep = keep,
                      .copy = copy,
                      .paste = paste};
}

void null_start(App *app, NullWorld *world, Fonts *fonts)
{
    Err err;
    Platform platform = null_platform(world);
    if (!app_start(app, &platform, fonts, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
}

void null_say(App *app, const char *text)
{
    Err err;
    app_say(app, text, NULL);
    if (!app_finish(app, &err)) {
        fprintf(stderr, "%s: %s\n", text, err.text);
        abort();
    }
}

const char *null_print(App *app, NullWorld *world, const char *name)
{
    char line[64];
    Err err;
    world->printed[0] = 0;
    snprintf(line, sizeof line, "print %s", name);
    if (!app_do(app, line, &err) || !app_finish(app, &err))
        return err.text[0] ? "refused" : "";
    world->printed[strcspn(world->printed, "\n")] = 0;
    return world->printed + strlen(name) + 1;
}
