#include "stage.h"

NullWorld world;
App app;

int start(void **state)
{
    (void)state;
    null_start(&app, &world, fonts);
    return 0;
}

int end(void **state)
{
    (void)state;
    app_free(&app);
    return 0;
}

void say(const char *text)
{
    null_say(&app, text);
}
