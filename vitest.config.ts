import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Two cores on a small machine: files of real sockets and audio must not starve each other's 20 ms loops.
    maxWorkers: 2,
    // Sound is in real time, and a small machine can miss a beat: what fails three times is broken.
    retry: process.env.CI ? 2 : 0,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
