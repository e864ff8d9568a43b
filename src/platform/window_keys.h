#ifndef PLATFORM_WINDOW_KEYS_H
#define PLATFORM_WINDOW_KEYS_H

#include <SDL.h>
#include <stdbool.h>

// What app_key calls a key: "return", "shift+right", "ctrl+plus". False for keys that type something: their characters
// come as text.
enum { KEY_SIZE = 32 };

bool window_key(SDL_Keysym key, char name[KEY_SIZE]);

#endif
