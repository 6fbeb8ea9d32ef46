import type { WallMap } from "./app";

/** A wall without a map. */
export const noMap: WallMap = { territory() {}, show() {}, flyTo() {}, overview() {} };
