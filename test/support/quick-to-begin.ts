/**
 * Flags of Node for a process that ends soon: WebAssembly is compiled once and simply. To compile it again, better, is half of what such a
 * process costs, and changes nothing that it does.
 */
export const quickToBegin: readonly string[] = ['--liftoff-only']
