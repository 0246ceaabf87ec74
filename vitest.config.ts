import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // A process for each file: the engine's calls block, some tests take signals, and a lease is held by a process.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default'],
    // A mock that outlives its test would decide the next one.
    restoreMocks: true,
    unstubEnvs: true,
  },
});
