import { defineConfig } from 'vitest/config';
import { limitMs } from './test/support/limit-ms.ts';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // A process for each file: the engine's calls block, some tests take signals, and a lease is held by a process.
    pool: 'forks',
    testTimeout: limitMs(20_000),
    hookTimeout: limitMs(20_000),
    reporters: ['default'],
    // A mock that outlives its test would decide the next one.
    restoreMocks: true,
    unstubEnvs: true,
  },
});
