import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The certificate's page, beside the app and with nothing of it: who scans a label loads nothing of the workspaces. Built by
 * itself, all that it needs at once is one script; shared with the app, it would be thirty, a request each.
 */
export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: false,
    target: 'es2022',
    // Pages may fetch from the service alone: messages are files of it, however small.
    assetsInlineLimit: (file) => (file.endsWith('.json') ? false : undefined),
    manifest: '.vite/certificate.json',
    rolldownOptions: {
      input: 'src/web/certificate.html',
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
    },
  },
});
