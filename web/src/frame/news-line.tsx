import { moment } from '../address/lens.ts'
import { news, takeNews } from '../api/live.ts'

/** Says that something is new, and shows it when that is wanted: nothing moves under the reader. */
export function NewsLine() {
  const { count, missed } = news.value
  return (
    <div class="news" role="status">
      {(count > 0 || missed) && moment.value === undefined ? (
        <p>
          {count > 0
            ? 'Something changed since this was shown.'
            : 'There was no connection for a while: something may have changed.'}{' '}
          <button type="button" class="link" onClick={takeNews}>
            Show what is new
          </button>
        </p>
      ) : null}
    </div>
  )
}
