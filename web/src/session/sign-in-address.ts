import { addressOf, isPage, parameter, pathHere, root } from '../address/address.ts'

/** Why somebody comes to sign in: they signed out, or their session ended; undefined: they never were. */
type WhySignIn = 'ended' | 'out'

/** Where one signs in, and comes back from to where one is. */
export function signInAddress(why?: WhySignIn): string {
  const to = `${pathHere()}${location.search}`
  return addressOf('signin', { to: to === '' ? undefined : to, why })
}

/** Where to go once signed in: an address of a page of ours, whatever the parameter says. */
export function addressBack(): string {
  const to = parameter('to') ?? ''
  if (!URL.canParse(to, root)) return root.pathname
  const target = new URL(to, root)
  const isOurs = target.origin === root.origin && isPage(target) && !target.pathname.endsWith('/signin')
  return isOurs ? `${target.pathname}${target.search}` : root.pathname
}
