import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // An image inside a style would be an address that the policy of the page has to allow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  // While one works on the page: `npm start` beside a service that runs.
  server: { proxy: { '/api': 'http://127.0.0.1:7071', '/admin': 'http://127.0.0.1:7071' } },
});
