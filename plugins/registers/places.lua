-- SPDX-License-Identifier: MIT
-- Links from where HTML will stand. `to` takes a record, page, section or project; `register` the
-- name of a register, `made` says which there are.
local places = {}

places.FOLDER = "registers"

-- On a register: it lies one folder below the home page, from which the core can count.
function places.on_register(site, made)
  local home = site.home
  local place = { made = made }

  function place.to(target, anchor)
    local url = home:href(target, anchor)
    if url == "" or url:sub(1, 1) == "#" then url = home.out .. url end
    return "../" .. url
  end

  function place.register(name, anchor)
    return made[name] and name .. ".html" .. (anchor and "#" .. anchor or "") or nil
  end

  return place
end

-- On a page of the finished site.
function places.on_page(page, site)
  local place = { made = {} }

  function place.to(target, anchor)
    return page:href(target, anchor)
  end

  function place.register(name, anchor)
    local path = places.FOLDER .. "/" .. name .. ".md"
    if place.made[name] == nil then place.made[name] = site:page(path) ~= nil end
    return place.made[name] and page:href(path, anchor) or nil
  end

  return place
end

return places
