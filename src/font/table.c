#include "font/table.h"

enum { FIRST_ROOM = 256 };

// Where the key is, or the free place where it would be.
static int place_of(const Table *table, uint64_t key)
{
    uint64_t mask = (uint64_t)table->room - 1;
    uint64_t place = (key * 0x9E3779B97F4A7C15u) >> 32 & mask; // Fibonacci hashing, Knuth vol. 3
    while (table->key[place] != 0 && table->key[place] != key)
        place = (place + 1) & mask;
    return (int)place;
}

const int *table_find(const Table *table, uint64_t key)
{
    if (table->count == 0)
        return NULL;
    int place = place_of(table, key);
    return table->key[place] == key ? &table->value[place] : NULL;
}

static void grow(Table *table)
{
    Table old = *table;
    table->room = old.room ? 2 * old.room : FIRST_ROOM;
    table->key = arena_new(table->arena, uint64_t, table->room);
    table->value = arena_new(table->arena, int, table->room);
    table->count = 0;
    for (int i = 0; i < old.room; i++)
        if (old.key[i] != 0)
            table_add(table, old.key[i], old.value[i]);
}

void table_add(Table *table, uint64_t key, int value)
{
    if (2 * table->count >= table->room)
        grow(table);
    int place = place_of(table, key);
    table->key[place] = key;
    table->value[place] = value;
    table->count++;
}
