#include <string.h>

#include "app/do.h"
#include "app/job.h"
#include "app/play.h"
#include "base/text.h"
#include "sim/netfile.h"
#include "sim/trace.h"

// ---- networks in files --------------------------------------------------------------------------------------------
static bool check_name(const Words *words, int i, Err *err)
{
    static const char end[] = ".safetensors";
    const char *path = words->word[i];
    size_t length = strlen(path), tail = sizeof end - 1;
    if (length > tail && strcmp(path + length - tail, end) == 0)
        return true;
    return refuse(err, "%s takes a .safetensors file, not \"%s\"", words->word[0], path);
}

static bool read_bytes(App *app, const char *path, Arena *arena, char **bytes, size_t *size, Err *err)
{
    if (!app->platform.read_file)
        return refuse(err, "no files can be read here");
    return app->platform.read_file(app->platform.context, path, arena, bytes, size, err);
}

static bool write_bytes(App *app, const char *path, const char *bytes, size_t size, Err *err)
{
    if (!app->platform.write_file)
        return refuse(err, "no files can be written here");
    return app->platform.write_file(app->platform.context, path, bytes, size, err);
}

bool do_load(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 16);
    char *bytes;
    size_t size;
    bool done = check_name(words, 1, err) && read_bytes(app, words->word[1], &scratch, &bytes, &size, err) &&
                netfile_load(&app->session, bytes, size, err);
    arena_free(&scratch);
    if (!done)
        return false;
    play_pause(app);
    app->loaded = arena_print(&app->arena, "%s", words->word[1]);
    look_within(app);
    return true;
}

bool do_save(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 16);
    size_t size;
    bool done = check_name(words, 1, err);
    const char *bytes = done ? netfile_save(&app->session.runs[0], &scratch, &size) : NULL;
    done = done && write_bytes(app, words->word[1], bytes, size, err);
    arena_free(&scratch);
    return done;
}

static bool check_apart(const Words *words, Err *err)
{
    return strcmp(words->word[1], words->word[2]) != 0 ||
           refuse(err, "trace would overwrite \"%s\", which it reads", words->word[1]);
}

bool do_trace(App *app, const Words *words, Err *err)
{
    Arena scratch = arena_make(1 << 16);
    char *bytes, *answer;
    size_t size, answer_size;
    bool done = check_name(words, 1, err) && check_name(words, 2, err) && check_apart(words, err) &&
                read_bytes(app, words->word[1], &scratch, &bytes, &size, err) &&
                trace_bytes(bytes, size, &scratch, &answer, &answer_size, err) &&
                write_bytes(app, words->word[2], answer, answer_size, err);
    arena_free(&scratch);
    return done;
}

// ---- a text to learn ------------------------------------------------------------------------------------------------
static bool read_text(App *app, const char *path, Reading *reading, Err *err)
{
    Arena scratch = arena_make(1 << 16);
    char *bytes;
    size_t size;
    bool done = read_bytes(app, path, &scratch, &bytes, &size, err);
    if (done) {
        unsigned char *symbol = arena_new(&app->arena, unsigned char, size + 1);
        *reading = (Reading){symbol, letters_read(bytes, size, symbol)};
        done = reading->length > 1 ||
               refuse(err, "\"%s\" holds no text: only a to z and . ! ? count, all else is a blank", path);
    }
    arena_free(&scratch);
    return done;
}

// Without a file, the task's own text again.
bool do_text(App *app, const Words *words, Err *err)
{
    Setup setup = session_setup(&app->session);
    const char *path = words->count > 1 ? words->word[1] : NULL;
    setup.reading = (Reading){NULL, 0};
    if (path && !read_text(app, path, &setup.reading, err))
        return false;
    setup.task = task_index("letters");
    if (!session_restart(&app->session, &setup, err))
        return false;
    play_pause(app);
    app->loaded = NULL;
    app->text = path ? arena_print(&app->arena, "%s", path) : NULL;
    look_within(app);
    return true;
}

// ---- the gradient against differences -------------------------------------------------------------------------------
bool do_gradcheck(App *app, const Words *words, Err *err)
{
    const Run *run = &app->session.runs[0];
    const GradChecking *checking = job_need(app, JOB_GRADCHECK, err);
    char number[NUMBER_SIZE];
    (void)words;
    if (!checking)
        return false;
    const GradCheck found = checking->found;
    Arena scratch = arena_make(1 << 10);
    Text line = text_make(&scratch);
    const Tensor *tensor = &run->program.tensors[found.tensor];
    size_t columns = (size_t)tensor->columns;
    text_add(&line, "gradcheck worst %s at %s %zu", number_exact(number, found.worst), tensor->name,
             found.weight / columns + 1);
    if (columns > 1)
        text_add(&line, " %zu", found.weight % columns + 1);
    if (found.skipped)
        text_add(&line, " skipped %zu", found.skipped);
    app->platform.print(app->platform.context, line.text);
    arena_free(&scratch);
    return true;
}
