#ifndef APP_PYTORCH_H
#define APP_PYTORCH_H

#include "app/app.h"

// What `print pytorch` says: a Python program that builds the network of the present run in PyTorch, reads the file
// that `save` wrote, and prints the loss and the gradient norm that unroll prints.
bool pytorch_possible(App *app, Err *err); // false: refused, and it says what torch.nn lacks
const char *pytorch_program(App *app, Arena *arena);

#endif
