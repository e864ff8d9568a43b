#ifndef NN_PROGRAM_WRITER_H
#define NN_PROGRAM_WRITER_H

#include "nn/program.h"

// A table of rows being written into the program: only program.c uses it. It knows which program slot each of its slots
// is, and how often each matrix was used, for the k-th row that uses W_ih takes its k-th block.
typedef struct {
    Program *program;
    Arena *arena;
    const Slot *slots;
    int slot[32]; // of the program
    int layer;
    bool reverse;
    int tensor[TENSOR_KINDS]; // of the program, or NONE
    int used[TENSOR_KINDS];
} Writer;

Writer writer_make(Program *program, Arena *arena, const Slot *slots, int layer, bool reverse);
int writer_slot(Writer *writer, const Slot *slot, int length); // adds one to the program
void writer_number(Writer *writer, Slot *slot);                // ".l0", ".reverse" behind its name
void writer_cell_slots(Writer *writer, int below); // all of the cell; `below` is its input where it has none of its own
void writer_tensor(Writer *writer, TensorKind kind, int rows, int columns);
void writer_cell_tensors(Writer *writer);
void writer_row(Writer *writer, Op op);

#endif
