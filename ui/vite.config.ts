import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// During development the pages come from here and the API from a running node.
const node = process.env.BEFFROI_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages share comes in one file: sixty small ones cost more in headers than in script.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 12 }] } } },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/login", "/logout", "/receipts", "/invitation"].map((path) => [path, node])),
  },
});
