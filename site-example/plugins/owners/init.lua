-- Lists the pages that have no owner, on a page of its own.

local function plain(text) -- every mark of punctuation stands for itself
  return (text:gsub("%p", "\\%0"))
end

return {
  name = "owners", api = 1,
  summary = "Lists the pages without an owner.",
  pages = function(site, add)
    local list = quoin.buffer()
    for _, page in ipairs(site.pages) do
      if not page.owner and not page.is_generated then
        list:add("- [", plain(page.title), "](<", page.path, ">)\n")
      end
    end
    local text = list:text()
    if text == "" then text = "Every page has an owner.\n" end
    add { path = "no-owner.md", title = "Pages without an owner", markdown = text }
  end,
}
