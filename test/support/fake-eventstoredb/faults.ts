/** What a test makes go wrong: by the number of a call since the fault was set, or while it is held. */

type When = {
  /** The first call that it strikes, counted from 1 over the calls that it concerns since it was set; 1 if not said. */
  readonly nth?: number;
  /** How many calls it strikes from then on; 1 if not said, `Infinity` while it is held. */
  readonly times?: number;
  /** Only calls to this node. */
  readonly node?: number;
};
/** Only calls that name this stream; `$all` for reads of all. */
type About = { readonly stream?: string };

/** The server's own refusals. Sent instead of doing anything. */
type Refused =
  /** To another node that lives, or to itself where it is alone; to an address where nobody listens; or without saying who leads. */
  | { readonly do: 'not_leader'; readonly leader: 'living' | 'dead' | 'unknown' }
  | { readonly do: 'not_ready' }
  | { readonly do: 'too_busy' };

export type AppendFault = When &
  About & { readonly on: 'append' } & (
    | Refused
    | { readonly do: 'timeout' | 'internal' | 'reset'; readonly when: 'before_commit' | 'after_commit' }
    /** Committed, and never answered. */
    | { readonly do: 'answer_lost' }
    /** Committed at once, and answered after so long. */
    | { readonly do: 'late'; readonly ms: number }
    /** Neither committed nor answered. */
    | { readonly do: 'silent' }
  );

/** Concerns reads that end; subscriptions have their own. */
export type ReadFault = When &
  About & { readonly on: 'read' } & (
    | Refused
    | { readonly do: 'timeout' }
    /** `after` so many events, half of the page if not said. */
    | { readonly do: 'silent_midway' | 'end_early' | 'reset' | 'internal'; readonly after?: number }
    /** The event at this index of the page is left out, one in its middle if not said. */
    | { readonly do: 'skip_event'; readonly index?: number }
    /** So long before each event. */
    | { readonly do: 'slow'; readonly ms: number }
  );

export type SubscribeFault = When &
  About & { readonly on: 'subscribe' } & (
    | Refused
    /** Confirmed, and nothing ever after. */
    | { readonly do: 'silent' }
    /** What happens to the event that would be sent as number `index`, from 0. */
    | { readonly do: 'skip_event' | 'double_event' | 'swap_events'; readonly index: number }
  );

/** Concerns each new connection, whatever it would have carried. */
export type ConnectFault = When & { readonly on: 'connect'; readonly do: 'silent' | 'reset' };

export type Fault = AppendFault | ReadFault | SubscribeFault | ConnectFault;
type On = Fault['on'];
type FaultOn<K extends On> = Extract<Fault, { readonly on: K }>;

export type Faults = ReturnType<typeof createFaults>;

export const createFaults = () => {
  const set: { readonly fault: Fault; seen: number }[] = [];

  return {
    /** Returns what takes it back. */
    add(fault: Fault): () => void {
      const entry = { fault, seen: 0 };
      set.push(entry);
      return () => {
        const at = set.indexOf(entry);
        if (at !== -1) set.splice(at, 1);
      };
    },

    /** Counts a call, and gives the first fault that strikes it. */
    strike<K extends On>(on: K, call: { readonly node: number; readonly stream?: string }): FaultOn<K> | undefined {
      let struck: FaultOn<K> | undefined;
      for (const entry of set) {
        const { fault } = entry;
        if (!isOn(fault, on) || !concerns(fault, call)) continue;
        entry.seen += 1;
        const { nth = 1, times = 1 } = fault;
        if (entry.seen >= nth && entry.seen < nth + times) struck ??= fault;
      }
      return struck;
    },
  };
};

const isOn = <K extends On>(fault: Fault, on: K): fault is FaultOn<K> => fault.on === on;

const concerns = (fault: Fault, call: { readonly node: number; readonly stream?: string }): boolean =>
  (fault.node === undefined || fault.node === call.node) &&
  (!('stream' in fault) || fault.stream === undefined || fault.stream === call.stream);
