-- A module file (Lmod) for a cluster on which basin was installed with
--   npm install --prefix /apps/basin/1.0.0 <tarballs of the release>
-- Put it at <modulepath>/basin/1.0.0.lua and adapt the folder.
help([[basin: a Monte Carlo laboratory for one-hidden-layer neural networks. Begin with: basin list]])
whatis("Name: basin")
whatis("Version: 1.0.0")
local root = "/apps/basin/1.0.0"
depends_on("nodejs")
prepend_path("PATH", pathJoin(root, "node_modules/.bin"))
