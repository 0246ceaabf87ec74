/** What whoever watches over a ledger on a cluster is told to look at. */
import { describe, expect, it } from 'vitest';
import { alarmsOf, type Cluster, type ClusterHealth } from '../../src/application/cluster-health.ts';

const WELL: ClusterHealth = { answeredAt: 1, inFlight: 0, renewals: 0, outcomesUnknown: 0, retries: {}, tampered: [] };
const NOW = 1_000_000;

const cluster = (headSeenAt: number | null, health: Partial<ClusterHealth> = {}): Cluster => ({
  health: () => [{ thread: 'serving', health: { ...WELL, ...health } }],
  headSeenAt: () => headSeenAt,
  onAppendSettled: () => {},
});

describe('an alarm', () => {
  it('is raised for a stream that somebody meddled with', () => {
    expect(alarmsOf(cluster(NOW, { tampered: [{ stream: 'order-1', keys: ['$tb'] }] }), NOW)).toEqual([
      { code: 'stream_metadata', stream: 'order-1', keys: ['$tb'] },
    ]);
  });

  it('is raised for a read model that was not at the head of the log for more than ten seconds, and not before it ever was', () => {
    expect(alarmsOf(cluster(NOW - 10_000), NOW)).toEqual([]);
    expect(alarmsOf(cluster(NOW - 10_001), NOW)).toEqual([{ code: 'read_model_behind', seconds: 10 }]);
    expect(alarmsOf(cluster(NOW - 65_900), NOW)).toEqual([{ code: 'read_model_behind', seconds: 65 }]);
    expect(alarmsOf(cluster(null), NOW)).toEqual([]);
  });
});
