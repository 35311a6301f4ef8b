std = "lua54"
max_line_length = 140
read_globals = { "quoin" }
exclude_files = { "core/lua/meta" }
files["plugins/diagrams/tests/run.lua"] = { globals = { "quoin" } }
