import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that answers /api and /01 while the web is developed with `npx vite --config web/vite.config.ts web`. */
const server = process.env.XIEDANG_SERVER ?? 'http://127.0.0.1:4180';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // exceljs and zxing are loaded only when a file or a camera is used
    chunkSizeWarningLimit: 1200,
  },
  server: {
    port: 5173,
    // the folder web/api is code of the web and no address of the server
    proxy: {
      // writes are taken only from pages of the server itself
      '^/api/(v1|docs|openapi\\.json)': { target: server, changeOrigin: true, headers: { origin: server } },
      '/01': { target: server, changeOrigin: true },
    },
  },
  worker: { format: 'es' },
});
