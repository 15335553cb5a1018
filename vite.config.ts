import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // The certificate is an entry of its own: who scans a label loads nothing of the workspaces.
    rolldownOptions: { input: ['src/web/index.html', 'src/web/certificate.html'] },
  },
  // For work on the pages: `npx vite` beside a running service.
  server: { port: 5173, proxy: { '/v1': 'http://127.0.0.1:4400' } },
});
