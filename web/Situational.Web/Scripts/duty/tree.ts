import type { GridRow } from "../feed";
import type { Territory } from "../page/territory";

export interface AreaNode {
  readonly code: string;
  readonly name: string;
  readonly parent: string | undefined;
  /** In ascending order of their codes. */
  readonly children: readonly string[];
}

/** What the grids of an area add up to. */
export interface AreaSum {
  readonly node: AreaNode;
  /** Open cases: red, orange, yellow, blue. */
  readonly open: [number, number, number, number];
  overdue: number;
  units: number;
  silent: number;
  grids: number;
  /** Grids by risk: unknown, red, orange, yellow, blue. */
  readonly risks: [number, number, number, number, number];
  /** The newest that was heard from one of its grids, ms, or 0. */
  heardAt: number;
}

/** The territory as a tree. */
export class AreaTree {
  private readonly nodes = new Map<string, AreaNode & { readonly children: string[] }>();

  constructor(territory: Territory) {
    for (const [code, { name, parent }] of territory.names) this.nodes.set(code, { code, name, parent, children: [] });
    for (const node of this.nodes.values()) if (node.parent !== undefined) this.nodes.get(node.parent)?.children.push(node.code);
    for (const node of this.nodes.values()) node.children.sort();
  }

  get all(): Iterable<AreaNode> {
    return this.nodes.values();
  }

  node(code: string): AreaNode | undefined {
    return this.nodes.get(code);
  }

  /** The area and all above it, the highest first; empty for a code that is none. */
  path(code: string): readonly AreaNode[] {
    const path: AreaNode[] = [];
    for (let node = this.nodes.get(code); node && path.length < 16; node = node.parent === undefined ? undefined : this.nodes.get(node.parent)) path.unshift(node);
    return path;
  }

  isGrid(code: string): boolean {
    return this.nodes.get(code)?.children.length === 0;
  }

  /** The grids of an area; of a grid itself. */
  gridsUnder(code: string): string[] {
    const found: string[] = [];
    const walk = (node: AreaNode): void => {
      if (node.children.length === 0) found.push(node.code);
      else for (const child of node.children) walk(this.nodes.get(child)!);
    };
    const node = this.nodes.get(code);
    if (node) walk(node);
    return found;
  }

  /**
   * Where a click on a grid leads from an area: one level down towards it, or for a grid beside the area to its neighbour of the same level.
   */
  towards(area: string, grid: string): string {
    const path = this.path(grid);
    const at = path.findIndex((node) => node.code === area);
    if (at >= 0) return (path[at + 1] ?? path[at]!).code;
    return (path[Math.max(0, this.path(area).length - 1)] ?? path.at(-1))?.code ?? grid;
  }
}

/** Adds up rows of grids by the children of an area; a grid is its own only child. */
export class ChildSums {
  private readonly childOf = new Map<string, number>();
  private readonly children: readonly AreaNode[];

  constructor(tree: AreaTree, area: string) {
    const node = tree.node(area);
    this.children = !node ? [] : node.children.length === 0 ? [node] : node.children.map((code) => tree.node(code)!);
    this.children.forEach((child, at) => {
      for (const grid of tree.gridsUnder(child.code)) this.childOf.set(grid, at);
    });
  }

  /** Whether a grid lies in the area. */
  has(grid: string): boolean {
    return this.childOf.has(grid);
  }

  of(rows: Iterable<GridRow>): AreaSum[] {
    const sums = this.children.map((node): AreaSum => ({ node, open: [0, 0, 0, 0], overdue: 0, units: 0, silent: 0, grids: 0, risks: [0, 0, 0, 0, 0], heardAt: 0 }));
    for (const row of rows) {
      const sum = sums[this.childOf.get(row[0]) ?? -1];
      if (!sum) continue;
      for (let severity = 0; severity < 4; severity++) sum.open[severity]! += row[6 + severity] as number;
      sum.overdue += row[10];
      sum.units += row[11];
      sum.silent += row[4] ? 1 : 0;
      sum.grids++;
      sum.risks[row[2] >= 1 && row[2] <= 4 ? row[2] : 0]!++;
      sum.heardAt = Math.max(sum.heardAt, row[5]);
    }
    return sums;
  }
}

/** The worst risk that a grid of it has, 1 red to 4 blue; 0 when some are unknown and none is known to be worse than blue. */
export function worstRisk(sum: AreaSum): number {
  for (let risk = 1; risk <= 3; risk++) if (sum.risks[risk]! > 0) return risk;
  return sum.risks[0] > 0 || sum.grids === 0 ? 0 : 4;
}

/** The worst first: by what is overdue, then by open cases from red to blue, then by code. */
export function worstFirst(one: AreaSum, other: AreaSum): number {
  if (one.open[0] !== other.open[0]) return other.open[0] - one.open[0];
  if (one.overdue !== other.overdue) return other.overdue - one.overdue;
  for (let severity = 1; severity < 4; severity++) if (one.open[severity] !== other.open[severity]) return other.open[severity]! - one.open[severity]!;
  return one.node.code < other.node.code ? -1 : 1;
}
