/** Maps and lists may stand inside one another this deep; deeper documents are unreadable. Recursion over data is safe up to here. */
export const deepest = 500

/** How a document that is deeper is refused. */
export const tooDeep = `maps and lists are nested deeper than ${deepest} levels`

/** A larger file is unreadable, unless the caller says otherwise. */
export const defaultMaxBytes = 256 * 1024 * 1024
