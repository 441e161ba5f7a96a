/** Who listens on which channel. */
export class Listeners {
  readonly #heard = new Map<string, Set<(detail: string) => void>>()

  /** Says whether it is the channel's first. */
  add(channel: string, heard: (detail: string) => void): boolean {
    const others = this.#heard.get(channel)
    if (others !== undefined) {
      others.add(heard)
      return false
    }
    this.#heard.set(channel, new Set([heard]))
    return true
  }

  remove(channel: string, heard: (detail: string) => void): void {
    this.#heard.get(channel)?.delete(heard)
  }

  tell(channel: string, detail: string): void {
    for (const heard of this.#heard.get(channel) ?? []) heard(detail)
  }

  /** Something may have been missed, on any channel. */
  tellAll(): void {
    for (const channel of this.channels()) this.tell(channel, '')
  }

  channels(): readonly string[] {
    return [...this.#heard.keys()]
  }
}
