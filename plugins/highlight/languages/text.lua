-- SPDX-License-Identifier: MIT
-- Nothing to colour: for titles, numbers and marks.
return { name = "text", modes = { main = {} } }
