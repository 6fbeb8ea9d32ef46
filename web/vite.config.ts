import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";

// One build a web project, chosen by build.mjs through PROJECT. Each file directly in a project's Scripts folder is a
// page's module; each stylesheet directly in its Styles folder lies beside the modules.
const root = import.meta.dirname;
const project = process.env["PROJECT"] ?? "Situational.Web";
const isLibrary = project === "BlazorLeaflet";

function entries(): Record<string, string> {
  if (isLibrary) return { "blazor-leaflet": join(root, project, "Scripts/index.ts") };
  const found: Record<string, string> = {};
  for (const [folder, ending] of [["Scripts", ".ts"], ["Styles", ".css"]] as const) {
    const path = join(root, project, folder);
    if (!existsSync(path)) continue;
    for (const file of readdirSync(path))
      if (file.endsWith(ending) && !file.includes(".test.")) found[basename(file, ending) + (ending === ".css" ? ".style" : "")] = join(path, file);
  }
  return found;
}

export default defineConfig({
  root,
  base: "./",
  publicDir: isLibrary ? false : join(root, project, "Public"),
  resolve: {
    alias: [
      { find: /^leaflet$/, replacement: join(root, "node_modules/leaflet/dist/leaflet-src.esm.js") },
      ...(process.env["VITEST"] ? [{ find: /^blazor-leaflet$/, replacement: join(root, "BlazorLeaflet/Scripts/index.ts") }] : []),
    ],
  },
  plugins: isLibrary || process.env["VITEST"] ? [] : [{
    // Pages share the module that BlazorLeaflet serves, so a page holds one Leaflet and one set of custom elements.
    name: "shared-blazor-leaflet",
    enforce: "pre",
    resolveId: (id: string) => id === "blazor-leaflet" ? { id: "../BlazorLeaflet/blazor-leaflet.js", external: "absolute" as const } : null,
  }],
  build: {
    target: "es2023",
    emptyOutDir: true,
    sourcemap: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: entries(),
      preserveEntrySignatures: "strict",
      output: {
        // The minifier drops comments, and Leaflet's licence asks for its notice.
        postBanner: isLibrary ? "/* Leaflet 1.9.4, (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade, BSD-2-Clause, https://leafletjs.com */" : "",
        entryFileNames: "[name].js",
        // Beside the pages' modules: the address of BlazorLeaflet's is the same from all of them.
        // The words of a language have a name that the document knows, so that they come beside the page's module and not after it.
        chunkFileNames: chunk => chunk.facadeModuleId?.includes("/Scripts/words/") ? "words-[name].js" : "[name]-[hash].js",
        assetFileNames: asset => asset.names[0]?.endsWith(".css") ? asset.names[0].replace(".style.css", ".css").replace(/^index\.css$/, "blazor-leaflet.css") : "assets/[name][extname]",
      },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: [join(root, "Situational.Web/Scripts/page/texts.testing.ts")],
    include: ["BlazorLeaflet/Scripts/**/*.test.ts", "Situational.Web/Scripts/**/*.test.ts"],
  },
});
