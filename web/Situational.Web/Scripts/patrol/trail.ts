/** A point of `GET /api/v1/units/{id}/trail`: at ms, lat6, lon6, accuracy in metres or -1, grid, 1 where the unit went off duty. */
export type TrailPoint = readonly [at: number, lat6: number, lon6: number, accuracy: number, grid: string, ends: number];

/** Points between which nothing is missing, or the two ends of a gap. */
export interface TrailPart {
  readonly points: readonly TrailPoint[];
  /** Nothing is known in between: drawn broken. */
  readonly gap: boolean;
}

/** A time to be written along a trail. */
export interface TrailTick {
  readonly point: TrailPoint;
  /** Direction of travel there, degrees clockwise from north; undefined where the unit stood. */
  readonly heading: number | undefined;
}

/** From this pause on nobody knows where the unit was in between, ms. */
export const gapMs = 5 * 60_000;

/** What a trail was asked for, ms. */
export interface TrailSpan {
  readonly from: number;
  readonly to: number;
}

/** Moments that differ by less are the same question, ms. */
const slackMs = 2_000;

/** Whether a trail that was asked for one span says nothing of a part of another. */
export function isBeyond(asked: TrailSpan, wanted: TrailSpan): boolean {
  return wanted.from < asked.from - slackMs || wanted.to > asked.to + slackMs;
}

/** What a unit had walked by a moment: nothing of it comes later, and nothing is older than the span. */
export function pointsIn(points: readonly TrailPoint[], { from, to }: TrailSpan): readonly TrailPoint[] {
  return points.filter(([at]) => at >= from && at <= to);
}

/** Cuts a trail into what is known and what is not. After a point where the unit went off duty there is no gap but an end. */
export function partsOf(points: readonly TrailPoint[]): TrailPart[] {
  const parts: TrailPart[] = [];
  let known: TrailPoint[] = [];
  for (const point of points) {
    const last = known.at(-1);
    if (last && (last[5] === 1 || point[0] - last[0] > gapMs)) {
      parts.push({ points: known, gap: false });
      if (last[5] !== 1) parts.push({ points: [last, point], gap: true });
      known = [];
    }
    known.push(point);
  }
  if (known.length > 0) parts.push({ points: known, gap: false });
  return parts;
}

/** Where times are written: the ends, and between them the first point of each full `everyMs`. */
export function ticksOf(points: readonly TrailPoint[], everyMs: number): TrailTick[] {
  const ticks: TrailTick[] = [];
  let slot: number | undefined;
  points.forEach((point, index) => {
    const now = Math.floor(point[0] / everyMs);
    const isEnd = index === 0 || index === points.length - 1;
    if (isEnd || now !== slot) ticks.push({ point, heading: headingAt(points, index) });
    slot = now;
  });
  return ticks;
}

/** A pace of times that leaves a trail readable. */
export function tickEvery(spanMs: number): number {
  const minutes = spanMs / 60_000;
  return (minutes <= 75 ? 10 : minutes <= 150 ? 20 : minutes <= 300 ? 30 : minutes <= 600 ? 60 : 180) * 60_000;
}

function headingAt(points: readonly TrailPoint[], index: number): number | undefined {
  const [from, to] = index + 1 < points.length ? [points[index]!, points[index + 1]!] : [points[index - 1], points[index]!];
  if (!from) return undefined;
  const east = (to[2] - from[2]) * Math.cos((from[1] / 1e6) * (Math.PI / 180));
  const north = to[1] - from[1];
  return east === 0 && north === 0 ? undefined : (Math.atan2(east, north) * (180 / Math.PI) + 360) % 360;
}

/** The point nearest to a place, if it is within reach. All in the same plane units. */
export function nearestPoint(points: readonly TrailPoint[], project: (point: TrailPoint) => readonly [number, number], x: number, y: number, reach: number): TrailPoint | undefined {
  let best: TrailPoint | undefined;
  let least = reach * reach;
  for (const point of points) {
    const [px, py] = project(point);
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}
