import type { Split } from "./split-search";
import type { Tree } from "./tree-model";

/** Collects the nodes of a tree as it grows, parents before children. */
export class TreeBuilder {
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly feature: number[] = [];
  private readonly value: number[] = [];
  private readonly defaultLeft: number[] = [];
  private readonly gain: number[] = [];
  private readonly cover: number[] = [];
  private readonly weight: number[] = [];

  /** Adds a node as a leaf of `weight`; a later split turns it into an inner node. */
  public addNode(weight: number, hessian: number): number {
    this.left.push(-1);
    this.right.push(-1);
    this.feature.push(0);
    this.value.push(weight);
    this.defaultLeft.push(0);
    this.gain.push(0);
    this.cover.push(hessian);
    this.weight.push(weight);
    return this.left.length - 1;
  }

  public split(node: number, split: Split, threshold: number, children: readonly [number, number]): void {
    this.left[node] = children[0];
    this.right[node] = children[1];
    this.feature[node] = split.feature;
    this.value[node] = threshold;
    this.defaultLeft[node] = split.missingLeft ? 1 : 0;
    this.gain[node] = split.gain;
  }

  public weightOf(node: number): number {
    return this.weight[node]!;
  }

  public build(): Tree {
    return {
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      feature: Int32Array.from(this.feature),
      value: Float32Array.from(this.value),
      defaultLeft: Uint8Array.from(this.defaultLeft),
      gain: Float32Array.from(this.gain),
      cover: Float32Array.from(this.cover),
      weight: Float32Array.from(this.weight),
    };
  }
}
