import { sha256 } from '../model/sha256.ts'

/** Longer names are cut: a file system takes 255 bytes, an ending included. */
const longest = 200

/**
 * A label as a name in a folder: letters, digits, `.`, `_` and `-` stay, every other byte is `%` and two hex digits, and no
 * name begins or ends with a dot. Different labels have different names.
 */
export function fileLabel(label: string): string {
  const name = Array.from(new TextEncoder().encode(label), (byte, index) => {
    const character = String.fromCharCode(byte)
    const isEdge = character === '.' && (index === 0 || index === label.length - 1)
    return /[A-Za-z0-9._-]/.test(character) && !isEdge ? character : `%${byte.toString(16).padStart(2, '0')}`
  }).join('')
  if (name === '') return '%'
  return name.length <= longest ? name : `${name.slice(0, longest - 33)}~${sha256(label).slice(0, 32)}`
}
