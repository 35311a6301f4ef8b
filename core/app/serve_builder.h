/* SPDX-License-Identifier: MIT
 * serve_builder.h - a thread that makes editions while the server goes on serving the last one. */
#ifndef QUOIN_APP_SERVE_BUILDER_H
#define QUOIN_APP_SERVE_BUILDER_H

#include "app/serve_edition.h"

typedef struct Builder Builder;

/* Options are copied. */
Builder *builder_new(const Options *options);
/* Waits for the edition that is being made. */
void builder_free(Builder *builder);

/* Begins an edition. Not while it makes one. */
void builder_start(Builder *builder);
bool builder_is_busy(const Builder *builder);
/* Readable when an edition can be taken. */
int builder_file(const Builder *builder);
/* The edition, which is the caller's now; NULL when none is ready. */
Edition *builder_take(Builder *builder);
/* Takes the edition back and frees it when there is time. */
void builder_bury(Builder *builder, Edition *edition);

#endif
