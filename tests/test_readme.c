#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/commands.h"
#include "base/file.h"
#include "nn/cells.h"
#include "sim/setup.h"
#include "tasks/tasks.h"
#include "views/views.h"

static Arena arena;
static char *readme;

static int read_readme(void **state)
{
    (void)state;
    Err err;
    size_t size;
    arena = arena_make(1 << 16);
    return file_read(SOURCE_DIR "/README.md", &arena, &readme, &size, &err) ? 0 : -1;
}

static int forget_readme(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_named(const char *name)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "`%s`", name);
    if (!strstr(readme, quoted))
        fail_msg("README.md does not name %s", quoted);
}

static void the_readme_names_every_key(void **state)
{
    (void)state;
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        assert_named(binding->key);
}

static void the_readme_names_every_command(void **state)
{
    (void)state;
    for (const Command *command = commands; command->name; command++)
        assert_named(command->name);
}

static void the_readme_names_every_cell_task_setting_and_view(void **state)
{
    (void)state;
    for (int i = 0; cell_types[i]; i++)
        assert_named(cell_types[i]->name);
    for (int i = 0; tasks[i]; i++)
        assert_named(tasks[i]->name);
    for (const Setting *setting = settings; setting->name; setting++)
        assert_named(setting->name);
    for (int i = 0; views[i]; i++)
        assert_named(views[i]->name);
}

static bool is_key(const char *name, size_t length)
{
    for (const KeyBinding *binding = key_bindings; binding->key; binding++)
        if (strlen(binding->key) == length && strncmp(binding->key, name, length) == 0)
            return true;
    return false;
}

// What stands between backticks in the first column of the table of keys is a key that the program has.
static void the_readme_names_no_key_that_there_is_not(void **state)
{
    (void)state;
    const char *row = strstr(readme, "| key | does |");
    assert_non_null(row);
    for (row = strchr(strchr(row, '\n') + 1, '\n') + 1; *row == '|'; row = strchr(row, '\n') + 1) {
        const char *end = strstr(row, " | ");
        for (const char *key = strchr(row, '`'); key && key < end; key = strchr(key, '`')) {
            size_t length = strcspn(++key, "`");
            if (!is_key(key, length))
                fail_msg("README.md names the key %.*s, which does nothing", (int)length, key);
            key += length + 1;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_readme_names_every_key),
        cmocka_unit_test(the_readme_names_every_command),
        cmocka_unit_test(the_readme_names_every_cell_task_setting_and_view),
        cmocka_unit_test(the_readme_names_no_key_that_there_is_not),
    };
    return cmocka_run_group_tests(tests, read_readme, forget_readme);
}
