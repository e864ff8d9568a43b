#ifndef APP_PYTORCH_H
#define APP_PYTORCH_H

#include "app/app.h"

// What `print pytorch` says: a Python program that builds the network of the present run in PyTorch, reads the file
// that `save` wrote, and prints the loss and the gradient norm that unroll prints. Behind the word "pytorch" the text
// goes on as an assignment, so that the whole printed line by line is the program.
const char *pytorch_program(App *app, Arena *arena);

#endif
