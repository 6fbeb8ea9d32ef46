export { type Attempt, type Ended, Feed, type FeedListener, type Link, type Open, type Surroundings, type WatchRequest } from "./connection";
export { ServerClock } from "./clock";
export { type CaseRow, type EventRow, type Frame, type GridRow, parseFrame, placeOf, type Totals, type Trouble, type UnitRow } from "./frame";
export { type Change, everything, type Picture, reduce, type SeenEvent } from "./picture";
export { signalr } from "./signalr";
