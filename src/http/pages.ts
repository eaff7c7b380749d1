import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { CityView } from '../city/api.ts'
import type { Role } from '../staff/api.ts'
import type { App } from './server.ts'

/** A page that members of this role may not use here; no page of theirs links to it. */
export type ClosedPage = { readonly role: Role; readonly href: string }

const nowhere = 'missing'
/** Pages for those who run the service. */
const forOperations: readonly string[] = ['docs']

/**
 * Serves the built pages: each folder of `directory` with an index.html is a page, at its name and everything below
 * (`/c` and `/c/4711`), with `home` at the root. Assets carry their content's hash in their names, so browsers
 * cache them for ever. Each page is given the city's time zone, so that it can show times at once, and the same
 * icon.
 * @param isApart whether operations have a separate port; pages are told, and then do not link to it
 * @param closed pages that the city closes to a role altogether
 * @returns the page shown for unknown addresses
 */
export async function addPages(
  app: App,
  directory: string,
  city: CityView,
  isApart: boolean,
  closed: readonly ClosedPage[],
): Promise<string | undefined> {
  if (!existsSync(directory)) return undefined
  await app.register(files, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: true,
  })
  const pages = readdirSync(directory).filter(name => existsSync(join(directory, name, 'index.html')))
  const told = [
    `data-time-zone="${city.timeZone}"`,
    `data-closed="${closed.map(({ role, href }) => `${role}:${href}`).join(' ')}"`,
    ...(isApart ? ['data-operations="apart"'] : []),
  ].join(' ')
  const htmlOf = (page: string) =>
    readFileSync(join(directory, page, 'index.html'), 'utf8')
      .replace('<html', `<html ${told}`)
      .replace('</head>', '<link rel="icon" href="/icon.svg" type="image/svg+xml" /></head>')
  const icon = readFileSync(join(directory, 'icon.svg'))
  // Browsers request /favicon.ico by themselves if a page names no icon, as the API's document does.
  for (const path of ['/icon.svg', '/favicon.ico'])
    app.get(path, { config: { at: 'both' }, schema: { hide: true } }, (_request, reply) =>
      reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
    )
  for (const page of pages.filter(name => name !== nowhere)) {
    const paths = page === 'home' ? ['/'] : [`/${page}`, `/${page}/*`]
    const html = htmlOf(page)
    for (const path of paths) {
      app.get(
        path,
        { config: { at: forOperations.includes(page) ? 'operations' : undefined }, schema: { hide: true } },
        (_request, reply) => reply.type('text/html; charset=utf-8').send(html),
      )
    }
  }
  return pages.includes(nowhere) ? htmlOf(nowhere) : undefined
}
