// The part of the WebAssembly API that the engine's host uses; the types of Node 20 do not declare it.
declare namespace WebAssembly {
  type ExportValue = unknown
  type Exports = Readonly<Record<string, ExportValue>>
  type ModuleImports = Record<string, (...args: never[]) => unknown>
  type Imports = Record<string, ModuleImports>

  class Module {
    constructor(bytes: Uint8Array)
    static imports(module: Module): { readonly module: string; readonly name: string; readonly kind: string }[]
    static customSections(module: Module, name: string): ArrayBuffer[]
    static exports(module: Module): { readonly name: string; readonly kind: string }[]
  }
  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Exports
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number })
    readonly buffer: ArrayBuffer
  }
  class Global {
    constructor(descriptor: { value: string; mutable?: boolean }, value?: unknown)
    value: unknown
  }
  class RuntimeError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>
}
