import { pageAddress } from '../address/lens.ts'
import { Title } from '../parts/panel.tsx'

/** For addresses of which there is no page. */
export function Nothing() {
  return (
    <div class="head">
      <Title>There is no page at this address</Title>
      <p class="lead">
        <a href={pageAddress('')}>The overview of this workspace</a>
      </p>
    </div>
  )
}
