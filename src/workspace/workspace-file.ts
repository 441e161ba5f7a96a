/** Name of the workspace file, at the root of its source. No glob takes it for a fragment. */
export const workspaceFile = 'congruent.yaml'
