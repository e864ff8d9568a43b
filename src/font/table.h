#ifndef FONT_TABLE_H
#define FONT_TABLE_H

#include <stdint.h>

#include "base/arena.h"

// Numbers under 64-bit keys, by open addressing; in an arena, so that it is emptied with it. Key 0 is not used.
typedef struct {
    Arena *arena;
    uint64_t *key;
    int *value;
    int count, room; // room is a power of 2
} Table;

const int *table_find(const Table *table, uint64_t key); // NULL: it is not there
void table_add(Table *table, uint64_t key, int value);   // one that is not there yet

#endif
