/** The server's memory of what it wrote last: all that tells a repeat from a new append where no revision is expected. */

const RECENT_BYTES_MAX = 8 * 2 ** 20;

export const createRecentIds = () => {
  const revisions = new Map<string, { readonly revision: number; readonly bytes: number }>();
  let bytesHeld = 0;
  // A stream's name holds no NUL, so two pairs never make one key.
  const keyOf = (stream: string, id: string): string => `${stream}\0${id}`;

  return {
    revisionOf: (stream: string, id: string): number | undefined => revisions.get(keyOf(stream, id))?.revision,

    remember(stream: string, id: string, revision: number, bytes: number): void {
      const key = keyOf(stream, id);
      bytesHeld += bytes - (revisions.get(key)?.bytes ?? 0);
      revisions.delete(key);
      revisions.set(key, { revision, bytes });
      for (const [oldest, { bytes: freed }] of revisions) {
        if (bytesHeld <= RECENT_BYTES_MAX) break;
        revisions.delete(oldest);
        bytesHeld -= freed;
      }
    },

    forget(): void {
      revisions.clear();
      bytesHeld = 0;
    },
  };
};
