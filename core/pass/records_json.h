/* SPDX-License-Identifier: MIT
 * records_json.h - every record for other programs: records.json.
 *
 * { "version": 1, "title": ..., "records": [ { kind, id?, title, fields?, page?, url?, line?,
 * anchor?, section?, project? }, ... ] }; what a record does not have is not there. `url` is
 * relative to the portal's root. One record a line. */
#ifndef QUOIN_PASS_RECORDS_JSON_H
#define QUOIN_PASS_RECORDS_JSON_H

#include "model/site.h"

void records_add_json(const Site *site, Buf *out);

#endif
