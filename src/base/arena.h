#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

// Memory with a lifetime instead of an owner per piece. There are three arenas: the program's, a run's
// and a frame's. What is taken from one is zeroed, aligned for any type, and lives until that arena is
// reset or freed. Out of memory ends the program with a message, so nothing here returns NULL.
typedef struct ArenaBlock ArenaBlock;

typedef struct {
    ArenaBlock *first;   // all blocks, in the order they were taken
    ArenaBlock *current; // the block being filled
    size_t block_bytes;  // size of an ordinary block
} Arena;

Arena arena_make(size_t block_bytes);
void *arena_alloc(Arena *arena, size_t bytes);
char *arena_print(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void arena_reset(Arena *arena); // everything taken is gone, the blocks are kept
void arena_free(Arena *arena);
size_t arena_bytes(const Arena *arena); // taken from the machine so far

#define arena_new(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(count)))

#endif
