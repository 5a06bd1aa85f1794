import type { Slot } from "../machine/values.ts";
import type { Source } from "../source.ts";
import type { Node } from "../syntax/ast.ts";
import { makeUnit, type Unit } from "./unit.ts";

/** Writes the code of one unit. */
export class Emitter {
  readonly unit: Unit;

  constructor(name: string, source: Source) {
    this.unit = makeUnit(name, source);
  }

  /** The next instruction's place in the code. */
  get here(): number {
    return this.unit.code.length;
  }

  emit(...code: number[]): void {
    this.unit.code.push(...code);
  }

  /** Emits an instruction that can fail, and remembers which piece of the source it stands for. */
  emitAt(node: Node, ...code: number[]): void {
    this.unit.places.push(this.here, node.start, node.end);
    this.emit(...code);
  }

  /** Emits a jump whose target comes later: {@link land} fills it in. */
  jump(instruction: number): number {
    this.emit(instruction, -1);
    return this.here - 1;
  }

  land(jump: number): void {
    this.unit.code[jump] = this.here;
  }

  value(value: Slot): number {
    return this.unit.values.push(value) - 1;
  }

  name(name: string): number {
    return this.unit.names.push(name) - 1;
  }
}
