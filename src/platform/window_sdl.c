#include "app/screen.h"
#include "platform/platform.h"
#include "platform/window_keys.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// The window: SDL's events go to the App as layout px and names of keys, the App's pictures go to the window.
//
// A picture is painted straight into the window's own memory and uploaded once. Three measures are told apart:
// device px (what is painted), window px (what SDL counts the pointer in; fewer on a HiDPI display) and layout px
// (what the App knows: window px / app->scale).
static const double FRAME = 1.0 / 60;
static const double IDLE_WAIT = 0.1;      // s between looks at an App that has nothing to do; events end it
static const double LEAST_BUDGET = 0.002; // s of training a frame, however long the picture takes
static const double SPARE = 0.001;

typedef struct {
    SDL_Window *window;
    App *app;
    Painter *painter;
    SDL_Surface *canvas; // where the window's own memory has another format; else NULL
    double budget;       // s of training in a frame
    double scale_before; // of app, to see it change
    bool exposed;        // the window has lost its picture
} Window;

static double seconds(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

// ---- opening ----------------------------------------------------------------------------------------------------
static bool is_no_display(const char *driver)
{
    return !driver || !strcmp(driver, "offscreen") || !strcmp(driver, "dummy") || !strcmp(driver, "evdev");
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

// Drivers that have nothing to connect to complain on stderr, so they are not asked. A driver that was chosen by hand
// is.
static bool choose_driver(Err *err)
{
    if (environment("SDL_VIDEODRIVER") || environment("WAYLAND_DISPLAY"))
        return true;
    if (!environment("DISPLAY"))
        return refuse(err, "no display: neither DISPLAY nor WAYLAND_DISPLAY is set, or run with -n");
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
    return true;
}

// Without a display SDL silently takes a driver that shows nothing, and has no reason to give.
static bool find_display(Err *err)
{
    if (!choose_driver(err))
        return false;
    bool ready = SDL_Init(SDL_INIT_VIDEO) == 0;
    const char *display = environment("DISPLAY");
    if (ready && !is_no_display(SDL_GetCurrentVideoDriver()))
        return true;
    if (display)
        refuse(err, "no display: DISPLAY=%.200s cannot be opened, or run with -n", display);
    else
        refuse(err, "no display: %s, or run with -n", ready ? "none can be opened" : SDL_GetError());
    SDL_Quit();
    return false;
}

// On X11 the window's own shared memory is ten times as fast as a texture that a graphics driver emulates.
static void choose_upload(void)
{
    if (!strcmp(SDL_GetCurrentVideoDriver(), "x11"))
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
}

static int at_most(double wanted, int most)
{
    return wanted < most ? (int)lround(wanted) : most;
}

static SDL_Rect room_on_screen(void)
{
    SDL_Rect room;
    if (SDL_GetDisplayUsableBounds(0, &room) != 0 || room.w < 1 || room.h < 1)
        room = (SDL_Rect){0, 0, 1440, 900};
    return room;
}

static void set_least_size(Window *window)
{
    SDL_Rect room = room_on_screen();
    double scale = window->app->scale;
    SDL_SetWindowMinimumSize(window->window, at_most(SCREEN_LEAST_WIDTH * scale, room.w),
                             at_most(SCREEN_LEAST_HEIGHT * scale, room.h));
    window->scale_before = scale;
}

static bool open_window(Window *window, const Options *options, Err *err)
{
    SDL_Rect room = room_on_screen();
    double scale = window->app->scale;
    window->window = SDL_CreateWindow("unroll", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                      at_most(options->width * scale, room.w), at_most(options->height * scale, room.h),
                                      SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!window->window)
        return refuse(err, "no display: %s, or run with -n", SDL_GetError());
    set_least_size(window);
    SDL_StartTextInput();
    return true;
}

// ---- events -----------------------------------------------------------------------------------------------------
static void pointer_to(Window *window, int x, int y)
{
    double scale = window->app->scale;
    app_pointer(window->app, (float)(x / scale), (float)(y / scale));
}

static void press(Window *window, const SDL_MouseButtonEvent *event)
{
    if (event->button != SDL_BUTTON_LEFT)
        return;
    pointer_to(window, event->x, event->y);
    SDL_CaptureMouse(event->type == SDL_MOUSEBUTTONDOWN); // a drag goes on outside the window
    if (event->type == SDL_MOUSEBUTTONDOWN)
        app_press(window->app, SDL_GetModState() & KMOD_CTRL);
    else
        app_release(window->app);
}

static void window_event(Window *window, Uint8 event)
{
    if (event == SDL_WINDOWEVENT_EXPOSED || event == SDL_WINDOWEVENT_SIZE_CHANGED || event == SDL_WINDOWEVENT_RESTORED)
        window->exposed = true;
    else if (event == SDL_WINDOWEVENT_LEAVE && !window->app->hands.drag.drag)
        app_pointer(window->app, -1, -1);
}

// With Ctrl or Alt a key types nothing; but Alt at the right, alone or with Ctrl, reaches signs on many keyboards.
static bool is_chord(SDL_Keymod mod)
{
    return !(mod & (KMOD_RALT | KMOD_MODE)) && mod & (KMOD_CTRL | KMOD_ALT);
}

static void take_event(Window *window, const SDL_Event *event)
{
    char key[KEY_SIZE];
    switch (event->type) {
    case SDL_QUIT:
        window->app->quit = true;
        break;
    case SDL_WINDOWEVENT:
        window_event(window, event->window.event);
        break;
    case SDL_MOUSEMOTION:
        pointer_to(window, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        press(window, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        app_wheel(window->app, event->wheel.preciseX, event->wheel.preciseY, SDL_GetModState() & KMOD_CTRL);
        break;
    case SDL_KEYDOWN:
        if (window_key(event->key.keysym, key))
            app_key(window->app, key);
        break;
    case SDL_TEXTINPUT:
        if (!is_chord(SDL_GetModState()))
            app_text(window->app, event->text.text);
        break;
    default:
        break;
    }
}

// Waits for an event so long at most, then takes all there are.
static void take_events(Window *window, double wait)
{
    SDL_Event event;
    int ms = (int)(wait * 1000);
    if (ms > 0 ? !SDL_WaitEventTimeout(&event, ms) : !SDL_PollEvent(&event))
        return;
    do
        take_event(window, &event);
    while (SDL_PollEvent(&event));
}

// ---- the clipboard ----------------------------------------------------------------------------------------------
static bool copy(void *context, const char *text, Err *err)
{
    (void)context;
    return SDL_SetClipboardText(text) == 0 || refuse(err, "the clipboard takes nothing: %s", SDL_GetError());
}

static bool paste(void *context, Arena *arena, char **text, Err *err)
{
    (void)context;
    char *held = SDL_GetClipboardText();
    if (!held)
        return refuse(err, "the clipboard gives nothing: %s", SDL_GetError());
    *text = arena_print(arena, "%s", held);
    SDL_free(held);
    return true;
}

// ---- pictures ---------------------------------------------------------------------------------------------------
// The window's own memory where it holds 0xXXRRGGBB, else a canvas that is copied into it.
static SDL_Surface *surface_to_paint(Window *window, SDL_Surface *surface)
{
    Uint32 format = surface->format->format;
    if (format == SDL_PIXELFORMAT_ARGB8888 || format == SDL_PIXELFORMAT_RGB888)
        return surface;
    if (!window->canvas || window->canvas->w != surface->w || window->canvas->h != surface->h) {
        SDL_FreeSurface(window->canvas);
        window->canvas = SDL_CreateRGBSurfaceWithFormat(0, surface->w, surface->h, 32, SDL_PIXELFORMAT_RGB888);
    }
    return window->canvas;
}

static void show_picture(Window *window, SDL_Surface *surface, double scale, const DrawList *list)
{
    SDL_Surface *painted = surface_to_paint(window, surface);
    if (!painted)
        return;
    Picture picture = {painted->pixels, painted->w, painted->h, painted->pitch / 4};
    paint(window->painter, list, app_theme(window->app), scale, &picture);
    if (painted != surface)
        SDL_BlitSurface(painted, NULL, surface, NULL);
    SDL_UpdateWindowSurface(window->window);
}

// Trains within the budget, then paints. False where there was nothing new to show.
static bool show_frame(Window *window)
{
    int width, height;
    DrawList list = {0};
    App *app = window->app;
    SDL_Surface *surface = SDL_GetWindowSurface(window->window); // anew after each change of size
    SDL_GetWindowSize(window->window, &width, &height);
    if (!surface || width < 1)
        return false;
    app->changed = app->changed || window->exposed;
    window->exposed = false;
    // Part of a layout px at the edges counts whole, so that all of the window is painted.
    if (!app_frame(app, window->budget, (int)ceil(width / app->scale), (int)ceil(height / app->scale), &list))
        return false;
    show_picture(window, surface, app->scale * surface->w / width, &list);
    if (app->scale != window->scale_before)
        set_least_size(window);
    return true;
}

// Training gets what the picture leaves of a frame: the budget shrinks at once where a frame took too long, and grows
// slowly.
static void adapt_budget(Window *window, double took)
{
    double over = took - (FRAME - SPARE);
    window->budget -= over > 0 ? over : over / 16;
    window->budget = fmin(fmax(window->budget, LEAST_BUDGET), FRAME - SPARE);
}

// One frame and what happens until the next. Where nothing moves, it waits for an event.
static void run_frame(Window *window)
{
    double began = seconds(), left;
    bool shown = show_frame(window);
    adapt_budget(window, seconds() - began);
    bool held = window->app->hands.held; // what is held down says its line again after a while
    if (!shown && !held && !window->app->playing && !app_busy(window->app))
        take_events(window, IDLE_WAIT);
    while ((left = began + FRAME - seconds()) >= SPARE)
        take_events(window, left);
    take_events(window, 0);
}

bool window_run(App *app, Painter *painter, const Options *options, Err *err)
{
    Window window = {.app = app, .painter = painter, .budget = LEAST_BUDGET, .exposed = true};
    if (!find_display(err))
        return false;
    choose_upload();
    bool opened = open_window(&window, options, err);
    app->platform.copy = copy;
    app->platform.paste = paste;
    while (opened && !app->quit) {
        run_frame(&window);
        if (options->watch)
            options->watch(options->watcher, app);
    }
    SDL_FreeSurface(window.canvas);
    SDL_DestroyWindow(window.window);
    SDL_Quit();
    return opened;
}
