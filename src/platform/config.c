#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "platform/platform.h"

// What lasts from one start to the next: small texts in the folder unroll of the user's configuration, as the XDG Base
// Directory Specification has it: $XDG_CONFIG_HOME, where that is a whole path, else $HOME/.config.
static bool folder_of(char folder[CONFIG_PATH])
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = -1;
    if (config && config[0] == '/')
        length = snprintf(folder, CONFIG_PATH, "%s/unroll", config);
    else if (home && home[0] == '/')
        length = snprintf(folder, CONFIG_PATH, "%s/.config/unroll", home);
    return length > 0 && length < CONFIG_PATH - 64;
}

// All folders on the way, as far as they are missing.
static void make_folders(const char *path)
{
    char part[CONFIG_PATH];
    for (const char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(at - path), path);
        mkdir(part, 0777); // it may be there; where it cannot be made, writing says so
    }
}

bool config_recall(void *context, const char *name, Arena *arena, char **text)
{
    char path[CONFIG_PATH];
    size_t size;
    Err err;
    (void)context;
    if (!folder_of(path))
        return false;
    strcat(strcat(path, "/"), name);
    return file_read(path, arena, text, &size, &err);
}

bool config_keep(void *context, const char *name, const char *text, Err *err)
{
    char path[CONFIG_PATH];
    (void)context;
    if (!folder_of(path))
        return refuse(err, "there is no folder for it: neither XDG_CONFIG_HOME nor HOME is set");
    strcat(strcat(path, "/"), name);
    make_folders(path);
    return file_write(path, text, strlen(text), err);
}
