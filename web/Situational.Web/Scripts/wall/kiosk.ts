/** What makes a browser a wall: no cursor when nobody moves it, and a screen that stays on. */
export function kiosk(root: HTMLElement, idleMs = 3_000): void {
  let timer = 0;
  const awake = (): void => {
    delete root.dataset["idle"];
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { root.dataset["idle"] = ""; }, idleMs);
  };
  for (const kind of ["pointermove", "pointerdown", "keydown"]) addEventListener(kind, awake, { passive: true });
  awake();

  const keepOn = (): void => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    // Refused where the page is not shown securely or the device saves power; the wall works without.
    navigator.wakeLock.request("screen").catch((error: unknown) => console.info("situational: no wake lock", error));
  };
  document.addEventListener("visibilitychange", keepOn);
  keepOn();
}
