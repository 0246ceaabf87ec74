/** "In the morning": an act whose hour the source leaves open. What holds whichever hour was meant is said, the rest is a band. */
import { describe, expect, it } from 'vitest';
import { inScene, short, statuses } from './scene.ts';

const MORNING = { date: '2023-03-01', part: 'morning', zone: 'UTC', text: 'in the morning' }; // 06:00 to 11:59:59.999

describe('an uncertain morning', () => {
  it('leaves the figure open between its ends, and is certain from its last instant on', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a', 'b']);
      await scene.cover(order);
      await scene.withhold(['a'], order, MORNING);
      const told = async (hours: number) => {
        const { total } = await scene.at([order], hours);
        return [total.effective, total.ever, total.sustained, total.platformStyle].map(short);
      };
      const none = '0/2';
      expect(await told(5)).toEqual([none, none, none, none]);
      // a possibly, b certainly not: at least 0 of 2, at most 1 of 2.
      const open = '0/2 maybe 1 [0, 50]';
      expect(await told(6)).toEqual([open, open, open, open]);
      expect(await told(11)).toEqual([open, open, open, open]);
      expect(await told(12)).toEqual(['1/2', '1/2', '1/2', '1/2']);
    }));

  it('has two readings of the status, and gives both', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, MORNING);
      const [pair] = await scene.pairs(order, 8);
      expect(pair).toMatchObject({ is: 'open', status: 'undetermined', readings: ['in_effect', 'outstanding'] });
      expect(statuses((await scene.at([order], 8)).total)).toEqual({ undetermined: 1 });
      expect((await scene.pairs(order, 12))[0]).toMatchObject({ is: 'in_effect', status: 'in_effect', ground: 'citing_order' });
    }));

  it('bounds the share of hours: each millisecond of the morning may be one in effect', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, MORNING);
      // Required from 1 to 21: 20 h. Certainly in effect from 11:59:59.999 on: 9 h and 1 ms. Possibly from 6 on: 5 h 59 min 59.999 s more.
      const { timeWeighted } = (await scene.at([order], 21)).total;
      expect(timeWeighted).toMatchObject({
        numerator: String(9 * 3_600_000 + 1),
        maybe: String(6 * 3_600_000 - 1),
        denominator: String(20 * 3_600_000),
      });
      expect(timeWeighted.percent).toEqual({ low: 45, high: 75 });
    }));

  it('that lies across what is due leaves open whether it was in time', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order, 4); // due at 8
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, MORNING);
      expect(short((await scene.at([order], 7)).total.onTime)).toBe('empty_population');
      expect(short((await scene.at([order], 20)).total.onTime)).toBe('0/1 maybe 1 [0, 100]');
      expect((await scene.pairs(order, 20))[0]).toMatchObject({ is: 'in_effect', readings: ['in_effect_on_time', 'in_effect_late'] });
    }));

  it('followed by a restoration at a stated hour cannot have been later than that', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, MORNING);
      await scene.reinstate(['a'], 9);
      // Withheld at some time from 6 to 9, restored at 9: whichever it was, not in effect from 9 on.
      const { total } = await scene.at([order], 9);
      expect(short(total.effective)).toBe('0/1');
      // It was in effect unless the two came at the same instant.
      expect(short(total.ever)).toBe('0/1 maybe 1 [0, 100]');
    }));
});
