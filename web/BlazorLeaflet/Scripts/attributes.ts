/** Reads of an element's attributes. What cannot be read is said once on the console, and the default holds. */

export function numberOf(element: Element, name: string, fallback: number, least = -Infinity, most = Infinity): number {
  const text = element.getAttribute(name);
  if (text === null || text === "") return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  return refuse(element, name, text, `a number from ${least} to ${most}`, fallback);
}

/** Absent: the default. `false`: false. Anything else, such as an empty value: true. */
export function flagOf(element: Element, name: string, fallback: boolean): boolean {
  const text = element.getAttribute(name);
  return text === null ? fallback : text !== "false";
}

export function textOf(element: Element, name: string, fallback: string): string {
  return element.getAttribute(name) ?? fallback;
}

/** South, west, north, east in degrees, or undefined. */
export type Box = readonly [south: number, west: number, north: number, east: number];

export function boxOf(element: Element, name: string): Box | undefined {
  const text = element.getAttribute(name);
  if (text === null || text === "") return undefined;
  const [south, west, north, east, ...rest] = text.split(",").map(Number);
  if (rest.length === 0 && isDegrees(south, 90) && isDegrees(west, 180) && isDegrees(north, 90) && isDegrees(east, 180) && south < north && west < east)
    return [south, west, north, east];
  return refuse(element, name, text, "'south,west,north,east' in degrees", undefined);
}

function isDegrees(value: number | undefined, limit: number): value is number {
  return value !== undefined && Math.abs(value) <= limit;
}

function refuse<Value>(element: Element, name: string, text: string, wanted: string, fallback: Value): Value {
  console.error(`<${element.localName}> ${name}="${text}" is not ${wanted}.`);
  return fallback;
}
