/** Instantiates an assembled kernel on a memory; each thread has its own instance. */
export function instantiate(base64: string, importName: string, memory: WebAssembly.Memory): unknown {
  const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { [importName]: { memory } }).exports;
}
