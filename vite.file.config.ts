import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The certificate as one file: one script and one style, which the API puts into an HTML file with a bundle. */
export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: '../../dist/file',
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    lib: {
      entry: 'file/main.tsx',
      formats: ['iife'],
      name: 'LodebookCertificate',
      fileName: () => 'certificate.js',
      cssFileName: 'certificate',
    },
  },
});
