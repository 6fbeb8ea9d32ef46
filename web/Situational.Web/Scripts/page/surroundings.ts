import type { Surroundings } from "../feed";

/** The clock, the chance and the timers of the browser. */
export const browserSurroundings: Surroundings = {
  now: () => performance.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = window.setTimeout(run, ms);
    return () => window.clearTimeout(timer);
  },
};
