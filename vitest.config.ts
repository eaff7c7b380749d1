import { defineConfig } from 'vitest/config'

/** Where sockets and sound run in real time, in which a small machine can miss a beat. */
const inRealTime = ['tests/media/**/*.test.ts', 'tests/wire/**/*.test.ts', 'tests/contracts/**/*.test.ts']

export default defineConfig({
  test: {
    // Two cores on a small machine: files of real sockets and audio must not starve each other's 20 ms loops.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'decides', include: ['tests/**/*.test.ts'], exclude: inRealTime },
      },
      {
        extends: true,
        test: { name: 'in real time', include: inRealTime },
      },
    ],
  },
})
