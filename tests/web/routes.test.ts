import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stillHouse } from '../http/house.ts'

const pages = join(import.meta.dirname, '../../src/web')
/** As the `routes.ts` of pages name them: types, of which nothing is left when they run. */
const asked = readdirSync(pages, { recursive: true, encoding: 'utf8' })
  .filter(path => /(^|\/)routes\.ts$/.test(path))
  .flatMap(path => [
    ...readFileSync(join(pages, path), 'utf8').matchAll(/^ {2,4}'([A-Z]+) (\/api\/[^']+)': (\{[^\n]*|\w+)/gm),
  ])

it('asks the API for nothing that its document does not have', async () => {
  const { app } = await stillHouse()
  const { paths } = (await app.inject('/docs/json')).json() as {
    paths: Record<
      string,
      Record<string, { parameters?: { in: string; name: string }[]; requestBody?: object }>
    >
  }
  const found = asked.map(([, method = '', path = '', rest = '']) => {
    const documented = paths[path]?.[method.toLowerCase()]
    return { route: `${method} ${path}`, rest, documented }
  })
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(({ documented }) => !documented).map(({ route }) => route)).toEqual([])
  const places = (of: (typeof found)[number], where: string) =>
    of.documented?.parameters?.some(parameter => parameter.in === where) ?? false
  for (const one of found) {
    expect([one.route, places(one, 'path')]).toEqual([one.route, one.route.includes('{')])
    if (one.rest.includes('query:')) expect([one.route, places(one, 'query')]).toEqual([one.route, true])
    if (one.route.startsWith('GET')) expect(one.rest).not.toContain('body')
  }
})
