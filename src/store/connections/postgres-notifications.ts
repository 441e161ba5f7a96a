import pg from 'pg'
import { Listeners } from './listeners.ts'

const firstPauseMs = 100
const longestPauseMs = 5_000

/** A session that only listens. When it is lost it comes back, and whoever listens hears that something may have been missed. */
export class NotificationClient {
  readonly #settings: pg.ClientConfig
  readonly #listeners = new Listeners()
  #client: Promise<pg.Client> | undefined
  #pauseMs = firstPauseMs
  #again: NodeJS.Timeout | undefined
  #closed = false

  constructor(settings: pg.ClientConfig) {
    this.#settings = settings
  }

  async listen(channel: string, heard: (detail: string) => void): Promise<() => Promise<void>> {
    this.#listeners.add(channel, heard)
    const client = await (this.#client ??= this.#connect())
    await client.query(`listen ${channel}`)
    return async () => this.#listeners.remove(channel, heard)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#again)
    const client = await this.#client?.catch(() => undefined)
    await client?.end().catch(() => undefined)
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#settings)
    client.on('notification', ({ channel, payload }) => this.#listeners.tell(channel, payload ?? ''))
    let lost = false
    const lose = (): void => {
      if (lost) return
      lost = true
      client.end().catch(() => undefined)
      this.#comeBack()
    }
    client.on('error', lose)
    client.on('end', lose)
    try {
      await client.connect()
      for (const channel of this.#listeners.channels()) await client.query(`listen ${channel}`)
    } catch (error) {
      lose()
      throw error
    }
    this.#pauseMs = firstPauseMs
    return client
  }

  #comeBack(): void {
    if (this.#closed) return
    clearTimeout(this.#again)
    this.#again = setTimeout(() => {
      this.#client = this.#connect()
      this.#client.then(
        () => this.#listeners.tellAll(),
        () => undefined,
      )
    }, this.#pauseMs).unref()
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs)
  }
}
