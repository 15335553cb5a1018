import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The app: first page and workspaces. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Pages may fetch from the service alone: messages are files of it, however small.
    assetsInlineLimit: (file) => (file.endsWith('.json') ? false : undefined),
    manifest: true,
    rolldownOptions: {
      input: 'src/web/index.html',
      // What many parts share comes in one: on a slow line a request costs more than the few kilobytes that it asks for.
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 6 }] } },
    },
  },
  // For work on the pages: `npx vite` beside a running service.
  server: { port: 5173, proxy: { '/v1': 'http://127.0.0.1:4400' } },
});
