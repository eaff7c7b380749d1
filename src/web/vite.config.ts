import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Each folder here with an index.html is a page, built to dist/web; the front desk serves it under its folder's name. */
const pages = readdirSync(import.meta.dirname).filter(name =>
  existsSync(join(import.meta.dirname, name, 'index.html')),
)

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    emptyOutDir: true,
    // The pages' Content-Security-Policy takes nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: Object.fromEntries(pages.map(name => [name, join(import.meta.dirname, name, 'index.html')])),
    },
  },
})
