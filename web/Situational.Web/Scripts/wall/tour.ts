/** Takes the map to the hottest grids in turn, and back to the whole city after each round. A person at the wall stops it for a while. */
export function tour(stops: () => readonly string[], flyTo: (code: string) => void, overview: () => void, everyMs = 12_000, restMs = 60_000): void {
  let next = 0;
  let restUntil = 0;
  for (const kind of ["pointerdown", "keydown", "wheel"])
    addEventListener(kind, () => { restUntil = performance.now() + restMs; }, { passive: true });
  window.setInterval(() => {
    if (performance.now() < restUntil) return;
    const code = stops()[next];
    if (code === undefined) {
      next = 0;
      overview();
    } else {
      next++;
      flyTo(code);
    }
  }, everyMs);
}
