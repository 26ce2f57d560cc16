/** The code that keeps a guarantee, and what takes it away. */
export interface Control {
  readonly guarantee: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly test: string;
}

export declare const controls: readonly Control[];
