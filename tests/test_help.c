#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/commands.h"
#include "platform/platform.h"

static char help[1 << 16];
static int widest;

static void keep_line(const char *line)
{
    size_t size = strlen(help);
    snprintf(help + size, sizeof help - size, "%s\n", line);
    if ((int)strlen(line) > widest)
        widest = (int)strlen(line);
}

static void assert_said(const char *row)
{
    if (!strstr(help, row))
        fail_msg("--help does not say \"%s\"", row);
}

static void no_line_is_wider_than_80_columns(void **state)
{
    (void)state;
    assert_in_range(widest, 60, 80);
}

static void every_command_stands_with_all_that_it_takes(void **state)
{
    (void)state;
    char row[256];
    for (const Command *command = commands; command->name; command++) {
        snprintf(row, sizeof row, "\n  %s %s", command->name, command->usage);
        assert_said(row);
    }
}

// The first words of its text, and the last, are there: nothing is cut off.
static void every_text_is_said_to_its_end(void **state)
{
    (void)state;
    for (const Command *command = commands; command->name; command++) {
        char last[256];
        snprintf(last, sizeof last, "%s\n", strrchr(command->what, ' '));
        assert_said(last);
    }
}

// What a number that is printed does not say by itself.
static void help_says_what_a_gradient_check_skips_and_how_exact_it_is(void **state)
{
    (void)state;
    Err err;
    const char *what = command_find("gradcheck", &err)->what;
    assert_non_null(strstr(what, "Skipped are weights where two differences disagree, as beside a kink of ReLU"));
    assert_non_null(strstr(what, "In unroll-fast all of it is float"));
}

static void every_setting_key_and_result_is_named(void **state)
{
    (void)state;
    char row[64];
    for (const Setting *setting = settings; setting->name; setting++) {
        snprintf(row, sizeof row, "\n  %-14s ", setting->name);
        assert_said(row);
    }
    for (const KeyBinding *binding = key_bindings; binding->key; binding++) {
        snprintf(row, sizeof row, "\n    %s ", binding->key);
        assert_said(row);
    }
    for (const Printable *printable = printables; printable->name; printable++) {
        snprintf(row, sizeof row, "\n  %s ", printable->name);
        assert_said(row);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_wider_than_80_columns),
        cmocka_unit_test(every_command_stands_with_all_that_it_takes),
        cmocka_unit_test(every_text_is_said_to_its_end),
        cmocka_unit_test(help_says_what_a_gradient_check_skips_and_how_exact_it_is),
        cmocka_unit_test(every_setting_key_and_result_is_named),
    };
    options_help(keep_line);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
