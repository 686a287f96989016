/** The part of the WebAssembly API that the kernel needs; the compiler's library has it only together with the DOM. */
declare namespace WebAssembly {
  class Memory {
    public constructor(descriptor: { initial: number; maximum: number; shared?: boolean });
    public readonly buffer: SharedArrayBuffer | ArrayBuffer;
  }
  class Module {
    public constructor(bytes: Uint8Array);
  }
  class Instance {
    public constructor(module: Module, imports: Record<string, Record<string, Memory>>);
    public readonly exports: Record<string, unknown>;
  }
}
