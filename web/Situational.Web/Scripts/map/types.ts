export type { CaseRow, GridRow, UnitRow } from "../feed/frame";
