#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 }; // a cache line, and the widest vector register

struct ArenaBlock {
    ArenaBlock *next;
    size_t size, used; // bytes behind the header
};

_Static_assert(sizeof(ArenaBlock) <= ALIGNMENT, "the header fits before the first piece");

static _Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu more bytes were needed\n", bytes);
    exit(EXIT_FAILURE);
}

static size_t round_up(size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        out_of_memory(bytes);
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static ArenaBlock *block_make(size_t size)
{
    ArenaBlock *block = aligned_alloc(ALIGNMENT, ALIGNMENT + size);
    if (!block)
        out_of_memory(size);
    *block = (ArenaBlock){.size = size};
    return block;
}

Arena arena_make(size_t block_bytes)
{
    return (Arena){.block_bytes = round_up(block_bytes)};
}

// The first block, from the current one on, with room. What is skipped comes back with the next reset. A piece that is
// larger than an ordinary block has one of its own, wherever that is, and the current one goes on being filled.
static ArenaBlock *block_with_room(const Arena *arena, size_t bytes, ArenaBlock **link)
{
    while (*link && (*link)->size - (*link)->used < bytes)
        link = &(*link)->next;
    if (!*link)
        *link = block_make(bytes > arena->block_bytes ? bytes : arena->block_bytes);
    return *link;
}

static ArenaBlock *block_for(Arena *arena, size_t bytes)
{
    if (bytes > arena->block_bytes)
        return block_with_room(arena, bytes, &arena->first);
    return arena->current = block_with_room(arena, bytes, arena->current ? &arena->current : &arena->first);
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    bytes = round_up(bytes ? bytes : 1); // pieces stay distinct
    ArenaBlock *block = block_for(arena, bytes);
    void *piece = (char *)block + ALIGNMENT + block->used;
    block->used += bytes;
    return memset(piece, 0, bytes);
}

// Nearly every text is short, and known to be only when it is printed: a long one is printed again where it has room.
char *arena_vprint(Arena *arena, const char *format, va_list args)
{
    char brief[256];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(brief, sizeof brief, format, args);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_alloc(arena, size);
    if (size > sizeof brief)
        vsnprintf(text, size, format, again);
    else
        memcpy(text, brief, size - 1);
    va_end(again);
    return text;
}

char *arena_print(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(arena, format, args);
    va_end(args);
    return text;
}

void arena_reset(Arena *arena)
{
    for (ArenaBlock *block = arena->first; block; block = block->next)
        block->used = 0;
    arena->current = arena->first;
}

void arena_free(Arena *arena)
{
    for (ArenaBlock *block = arena->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    arena->first = arena->current = NULL;
}

size_t arena_bytes(const Arena *arena)
{
    size_t bytes = 0;
    for (const ArenaBlock *block = arena->first; block; block = block->next)
        bytes += ALIGNMENT + block->size;
    return bytes;
}
