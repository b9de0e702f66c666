import { defineConfig } from 'vite';

/** The service beside which one works on the page with `npm start`. */
const service = process.env.SERVICE ?? 'http://127.0.0.1:7071';

export default defineConfig({
  base: '/console/',
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // An image inside a style would be an address that the policy of the page has to allow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': service, '/admin': service } },
});
