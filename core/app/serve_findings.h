/* SPDX-License-Identifier: MIT
 * serve_findings.h - errors and warnings for the overlay in the browser, as JSON. */
#ifndef QUOIN_APP_SERVE_FINDINGS_H
#define QUOIN_APP_SERVE_FINDINGS_H

#include "app/serve_live.h"

/* { "state": "good" | "starting" | "broken", "errors", "warnings",
 *   "findings": [{ "severity", "code", "message", "hint"?, "file"?, "line"?, "column"?, "source"?,
 *   "from"?, "to"?, "note"?, "here" }] }
 *
 * "broken": the newest state could not be shown, an older one is. "source" is the line, "from" and
 * "to" what to underline in it (UTF-16 units, as browsers count). Those of `page` (may be NULL)
 * come first, then errors, then warnings; at most 100. */
void findings_add_json(const Shown *shown, const Page *page, Buf *out);

#endif
