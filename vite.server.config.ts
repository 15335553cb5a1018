import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The certificate's page as the server draws it: one module, with all that it needs. */
export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    ssr: 'certificate/server.tsx',
    outDir: '../../dist/server',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { output: { entryFileNames: 'certificate.js' } },
  },
});
