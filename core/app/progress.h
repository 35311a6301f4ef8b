/* SPDX-License-Identifier: MIT
 * progress.h - a line on the terminal that says how far long work is. */
#ifndef QUOIN_APP_PROGRESS_H
#define QUOIN_APP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* The line appears on standard error, when that is a terminal and half a second has passed. */
void progress_start(bool is_wanted);
/* "Reading 120 of 4000". Any thread; only some calls print. */
void progress_step(const char *what, size_t total);
void progress_end(void);       /* removes the line */
double progress_seconds(void); /* since progress_start */

#endif
