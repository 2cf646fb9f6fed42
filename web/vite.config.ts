import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The page `/` names record.js and record.css; whatever else they load carries a digest in its name.
export default defineConfig({
  // Relative, so that a published record works from any folder of a host.
  base: "./",
  plugins: [svelte()],
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: "[name]-[hash].js" } } },
  build: {
    outDir: "../src/tadmor/views/page/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: "src/main.ts",
      output: {
        entryFileNames: "record.js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".css")) ? "record.css" : "[name]-[hash][extname]",
      },
    },
  },
});
