import { render } from 'preact'
import { followAddress } from './address/address.ts'
import { followTheme } from './address/theme.ts'
import { App } from './app.tsx'
import { showEverything } from './code/visible-text.ts'
import { followClock } from './parts/time.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/tables.css'
import './parts/parts.css'
import './parts/shape.css'
import './styles/print.css'

showEverything()
followAddress()
followTheme()
followClock()

const place = document.getElementById('app')
if (place !== null) {
  place.textContent = ''
  render(<App />, place)
}
