#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

// Texts that must stay as they were: tests/golden/NAME.txt, reviewed like code. `GOLDEN=write ctest` renews them. What
// differs is written to golden/NAME.txt in the build folder, to be looked at side by side. Include it behind cmocka.
void check_golden(const char *name, const char *text);

#endif
