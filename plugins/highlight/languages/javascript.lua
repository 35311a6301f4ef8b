-- SPDX-License-Identifier: MIT
local shared = require "javascript"

return { name = "javascript", words = shared.words, modes = shared.modes(true) }
