/** Name of the workspace file, at the root of its source. No glob finds it. */
export const workspaceFile = 'congruent.yaml'
