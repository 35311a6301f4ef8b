/* SPDX-License-Identifier: MIT
 * scan.h - station 1: which files the site is made of. */
#ifndef QUOIN_PASS_SCAN_H
#define QUOIN_PASS_SCAN_H

#include "model/config.h"
#include "model/source.h"

/* Walks the content folder. Pages are .md and .markdown files that are not hidden, not excluded
 * and not Quoin's own folders; every other file is an asset that may be referred to. Folders that
 * Quoin wrote are left out. False when the folder cannot be read (reported). */
bool scan_sources(const Config *config, Arena *arena, Sources *out, Diag *diag);
void sources_release(Sources *sources);

#endif
