/** Percentages from exact integer ratios: two decimals, halves to even, so that no float decides a figure. */

/** A percentage of two integers that are at least 0, as a number with two decimals; `null` for nothing out of nothing. */
export const percentOf = (part: number | bigint, whole: number | bigint): number | null => {
  if (BigInt(whole) === 0n) return null;
  const scaled = BigInt(part) * 10_000n;
  const floor = scaled / BigInt(whole);
  const rest2 = (scaled % BigInt(whole)) * 2n;
  const isUp = rest2 > BigInt(whole) || (rest2 === BigInt(whole) && floor % 2n === 1n);
  return Number(isUp ? floor + 1n : floor) / 100;
};
