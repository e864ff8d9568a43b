#ifndef APP_EXPORT_H
#define APP_EXPORT_H

// What can be saved under a name that is made up. A row here is a word of the command `export` and an item of its menu.
typedef struct {
    const char *name;
    const char *what, *end; // of the file's name: "curves", ".csv"
    const char *command;    // writes it, or
    const char *printed;    // what print says is written; neither: a picture
    const char *title, *tip;
} ExportKind;

extern const ExportKind export_kinds[]; // ends with a row without name

#endif
