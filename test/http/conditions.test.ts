import t from 'tap'
import { acceptedType, isKnown, matchOf, tagged, tagOf } from '../../src/http/conditions.ts'

t.test('tags of answers', async (t) => {
  t.not(tagOf('a', 'b'), tagOf('ab'))
  t.match(tagged(tagOf('a')), { etag: /^"[0-9a-f]{32}"$/ })
  t.ok(isKnown({ 'if-none-match': 'W/"x", "y"' }, 'x'))
  t.ok(isKnown({ 'if-none-match': '*' }, 'x'))
  t.notOk(isKnown({ 'if-none-match': '"z"' }, 'x'))
  t.notOk(isKnown({}, 'x'))
  t.same(matchOf({ 'if-match': ' * ' }), '*')
  t.same(matchOf({ 'if-match': '"a", "b"' }), ['a', 'b'])
  t.same(matchOf({ 'if-match': 'junk' }), [], 'matches nothing')
  t.equal(matchOf({}), undefined)
})

t.test('the type that an asker takes', async (t) => {
  const offered = ['application/json', 'application/yaml'] as const
  for (const [accept, type] of [
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/yaml', 'application/yaml'],
    ['text/html, application/*;q=0.8', 'application/json'],
    ['application/json;q=0.5, application/yaml', 'application/yaml'],
    ['application/json;q=0, application/yaml;q=0.1', 'application/yaml'],
    ['text/html', 'application/json'],
    ['APPLICATION/YAML', 'application/yaml'],
  ] as const)
    t.equal(acceptedType({ accept }, offered), type, accept ?? 'absent')
})
