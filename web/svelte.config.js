import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

// Styles go into record.css: the page's content security policy allows no <style>.
export default { preprocess: vitePreprocess(), compilerOptions: { css: "external", runes: true } };
