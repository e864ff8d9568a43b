#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "platform/build.h"
#include "platform/platform.h"

// ---- clock and streams ------------------------------------------------------------------------------------------
static double now(void *context)
{
    (void)context;
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void print_line(void *context, const char *text)
{
    (void)context;
    printf("%s\n", text);
    fflush(stdout);
}

static void warn_line(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "%s: %s\n", build.name, text);
}

// ---- files ------------------------------------------------------------------------------------------------------
static bool read_file(void *context, const char *path, Arena *arena, char **text, size_t *size, Err *err)
{
    (void)context;
    return file_read(path, arena, text, size, err);
}

static bool write_file(void *context, const char *path, const char *text, size_t size, Err *err)
{
    (void)context;
    return file_write(path, text, size, err);
}

// Lessons are installed in ../share/unroll/lessons of the program's folder, or lie beside it, or in the source.
static void find_lessons(char *folder, size_t room)
{
    static const char *const beside[] = {"lessons", "../share/unroll/lessons"};
    char program[600], index[1200];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = 0;
    char *slash = strrchr(program, '/');
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        snprintf(folder, room, "%.*s/%s", (int)(slash - program), program, beside[i]);
        snprintf(index, sizeof index, "%s/index.txt", folder);
        if (access(index, R_OK) == 0)
            return;
    }
    snprintf(folder, room, "%s", UNROLL_LESSONS);
}

static bool exists(void *context, const char *path)
{
    (void)context;
    return access(path, F_OK) == 0;
}

// ---- pictures ---------------------------------------------------------------------------------------------------
Fonts *files_fonts(Files *files, Err *err)
{
    if (!files->fonts)
        files->fonts = fonts_open(err);
    if (files->fonts && !files->painter)
        files->painter = painter_make(files->fonts);
    return files->fonts;
}

static Fonts *open_fonts(void *context, Err *err)
{
    return files_fonts(context, err);
}

static bool save_png(Files *files, const DrawList *list, const Theme *theme, double scale, int width, int height,
                     const char *path, Err *err)
{
    Picture picture = picture_make((int)(width * scale + 0.5), (int)(height * scale + 0.5));
    paint(files->painter, list, theme, scale, &picture);
    bool done = picture_save_png(&picture, &list->caption, path, err);
    picture_free(&picture);
    return done;
}

static bool save_picture(void *context, const DrawList *list, const Theme *theme, double scale, int width, int height,
                         const char *path, Err *err)
{
    Files *files = context;
    size_t length = strlen(path);
    if (!files_fonts(files, err))
        return false;
    if (length > 4 && strcmp(path + length - 4, ".svg") == 0)
        return svg_save(list, theme, files->fonts, width, height, path, err);
    return save_png(files, list, theme, scale, width, height, path, err);
}

// ---- threads ----------------------------------------------------------------------------------------------------
static int threads_here(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores < build.threads ? (int)cores : build.threads;
}

// ---- the whole --------------------------------------------------------------------------------------------------
Platform files_platform(Files *files, bool echo)
{
    *files = (Files){.fonts = NULL};
    find_lessons(files->lessons, sizeof files->lessons);
    if (!getcwd(files->folder, sizeof files->folder))
        files->folder[0] = 0;
    return (Platform){
        .context = files,
        .now = now,
        .read_file = read_file,
        .write_file = write_file,
        .exists = exists,
        .save_picture = save_picture,
        .print = print_line,
        .warn = warn_line,
        .echo = echo ? print_line : NULL,
        .fonts = open_fonts,
        .recall = config_recall,
        .keep = config_keep,
        .lessons = files->lessons,
        .folder = files->folder[0] ? files->folder : NULL,
        .threads = threads_here(),
    };
}

void files_close(Files *files)
{
    if (files->painter)
        painter_free(files->painter);
    if (files->fonts)
        fonts_close(files->fonts);
    files->painter = NULL;
    files->fonts = NULL;
}
